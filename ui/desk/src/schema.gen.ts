// Written by npm run types from the program's OpenAPI document.
export interface paths {
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connected channels and what can be connected */
        get: operations["get-accounts"];
        put?: never;
        /** Connect a channel */
        post: operations["post-accounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a connection */
        put: operations["put-accounts-id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the platform what is wrong with a connection */
        post: operations["post-accounts-id-test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/actions/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have an action carried out, in your name; sends no text */
        post: operations["post-actions-id-approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/actions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back your approval of an action before it is carried out */
        post: operations["post-actions-id-cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/actions/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say no to an action, with a reason */
        post: operations["post-actions-id-reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of a list of conversations */
        get: operations["get-conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything about one conversation */
        get: operations["get-conversations-id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Propose a refund or a change of address; nothing is done yet */
        post: operations["post-conversations-id-actions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give it to a person or a team */
        post: operations["post-conversations-id-assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back a reply that has not gone out */
        post: operations["post-conversations-id-cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close the matter */
        post: operations["post-conversations-id-close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Older messages */
        get: operations["get-conversations-id-messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a note for colleagues, or a whisper for the bot */
        post: operations["post-conversations-id-note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change its place in the queue */
        post: operations["post-conversations-id-priority"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer the customer; also takes over */
        post: operations["post-conversations-id-reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a failed message again */
        post: operations["post-conversations-id-retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the conversation back to the bot */
        post: operations["post-conversations-id-return"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** You are looking at it */
        post: operations["post-conversations-id-seen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/takeover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over; the bot falls silent at once */
        post: operations["post-conversations-id-takeover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be said outside the window, with the values that fit */
        get: operations["get-conversations-id-templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/topic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct topic or mood; the correction waits as an example */
        post: operations["post-conversations-id-topic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** You are writing */
        post: operations["post-conversations-id-typing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/conversations/{id}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Was the hand-over right, early or late */
        post: operations["post-conversations-id-verdict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/customers/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erase all that is known of a customer and what was said; cannot be undone */
        post: operations["post-customers-id-erase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The decision log */
        get: operations["get-decisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/decisions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One decision with everything that led to it */
        get: operations["get-decisions-id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/decisions/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide again from what was stored */
        post: operations["post-decisions-id-replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deflections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a caller of the hotline go on in writing: a link to WhatsApp, good for a day */
        post: operations["post-deflections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The approval queue */
        get: operations["get-drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a draft in your name */
        post: operations["post-drafts-id-approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at a draft alone for a minute; repeat to keep it */
        post: operations["post-drafts-id-open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say no, with a reason */
        post: operations["post-drafts-id-reject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/drafts/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let others look at it */
        post: operations["post-drafts-id-release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens, as server-sent events
         * @description id is the number of the event in the ledger, event its kind, data an EventView. Send Last-Event-ID to resume without a gap. Without an id come hello (Hello), viewers (Viewers), typing (Typing); reset means that too much was missed: read the lists anew.
         */
        get: operations["get-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Bring a file that a reply will send; the body is its content */
        post: operations["post-files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The content of a file of a message */
        get: operations["get-files-id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set your password with the link you were given; signs in */
        post: operations["post-invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions, the brand's own words and what waits */
        get: operations["get-learning"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company's own examples */
        get: operations["get-learning-examples"];
        put?: never;
        /** Add an example by hand; it waits unless you may approve */
        post: operations["post-learning-examples"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/examples/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Label, change, approve or reject an example */
        put: operations["put-learning-examples-id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The approved examples as a file */
        get: operations["get-learning-export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add the examples of a file, approved */
        post: operations["post-learning-import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/train": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Train a new version now; it is used unless it got worse */
        post: operations["post-learning-train"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a sentence as if a customer had written it; nothing is kept */
        post: operations["post-learning-try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go back to an earlier version */
        post: operations["post-learning-use"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/weekly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the list of messages to label anew */
        post: operations["post-learning-weekly"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a word of the brand's own */
        post: operations["post-learning-words"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/learning/words/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget a word of the brand's own */
        delete: operations["delete-learning-words-id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in; sets the session cookie */
        post: operations["post-login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out; takes the cookie away */
        post: operations["post-logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what the desk needs once */
        get: operations["get-me"];
        /** Change your language or go away */
        put: operations["put-me"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers who may be, or were made, one person */
        get: operations["get-merges"];
        put?: never;
        /** Make two customers one; can be undone at any time */
        post: operations["post-merges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/merges/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Undo a merge; no message is lost */
        post: operations["post-merges-id-split"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/news/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a piece of news about a connection aside */
        post: operations["post-news-id-seen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The company's people, also those whose access was taken away */
        get: operations["get-people"];
        put?: never;
        /** Add a person, who sets a password with the link of the answer */
        post: operations["post-people"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give a person another role, or take their access away: what they had returns to the queue */
        put: operations["put-people-id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/people/{id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new link with which a person sets a password */
        post: operations["post-people-id-invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The map of topics and the evidence for more autonomy */
        get: operations["get-policy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Silence the bot, on a topic or everywhere; or let it speak again */
        post: operations["post-policy-pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/touchpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Move a topic; the bot obeys from the next message on */
        put: operations["put-policy-touchpoints-id"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/policy/touchpoints/{id}/raise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a topic the next level in a language and channel group, on evidence */
        post: operations["post-policy-touchpoints-id-raise"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promises/{id}/keep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What was promised is done */
        post: operations["post-promises-id-keep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/proposals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say whether two customers are one person */
        post: operations["post-proposals-id"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How good the bot and its reviewers are, as sampled: planted errors, second reviews, withheld suggestions */
        get: operations["get-samples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The live wall */
        get: operations["get-wall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptInBody: {
            password: string;
            /** @description of the link */
            token: string;
        };
        AccountInBody: {
            /** @description only those that change; a secret that is absent stays */
            fields?: {
                [key: string]: string;
            };
            name?: string;
            /** @enum {string} */
            state?: "ok" | "off";
        };
        Accounts: {
            items: components["schemas"]["ChannelView"][];
            kinds: components["schemas"]["KindView"][];
            /** @description what people should know about the connections, newest first; put aside once read */
            news: components["schemas"]["NewsView"][];
        };
        ActionView: {
            /**
             * Format: int64
             * @description minor units; 0 where no money moves
             */
            amount: number;
            /** @description of an address: name, street, postcode, city, country, phone */
            args: {
                [key: string]: string;
            };
            /** @description a person's name, or bot */
            by: string;
            /** Format: date-time */
            created_at: string;
            currency: string;
            /** Format: date-time */
            decided_at?: string;
            decided_by?: components["schemas"]["Person"];
            /** Format: date-time */
            done_at?: string;
            /**
             * Format: date-time
             * @description approved: it is not carried out before and can be taken back until then
             */
            held_until?: string;
            id: string;
            /** @enum {string} */
            kind: "refund_delivery" | "refund_amount" | "change_address" | "resend";
            /**
             * Format: int64
             * @description minor units this person may approve alone; 0 is no limit
             */
            limit: number;
            /** @description the amount is within what this person may approve */
            may: boolean;
            /** @description a code */
            reason: string;
            /** @description the shop's number for it, or the code of why it was not done */
            result?: string;
            /** @enum {string} */
            state: "proposed" | "approved" | "doing" | "done" | "failed" | "rejected" | "unknown";
            /** @description the order's number */
            subject: string;
        };
        Added: {
            /** Format: int64 */
            added: number;
            /**
             * Format: int64
             * @description the same text with the same label was there already
             */
            known: number;
        };
        AddMemberInBody: {
            email: string;
            /** @enum {string} */
            lang?: "pl" | "en";
            /** @description as colleagues see it; customers see the first one */
            name: string;
            /** @enum {string} */
            role: "agent" | "manager" | "owner";
        };
        ApproveActionInBody: {
            /**
             * Format: int64
             * @description rev of the conversation as it was shown; any other is a conflict
             */
            seen_rev: number;
        };
        ApproveInBody: {
            /** @description codes of what was changed */
            reasons?: string[];
            /**
             * Format: int64
             * @description rev of the draft as it was shown; any other is a conflict
             */
            seen_rev: number;
            /** @description with your changes; absent: as it is */
            text?: string;
            /** @description one of the draft's elsewhere: where to send it instead; absent: where it was written for */
            thread?: string;
        };
        AssignInBody: {
            /** @description its queue; both empty: everybody's queue */
            team?: string;
            user?: string;
        };
        BotDid: {
            /** Format: date-time */
            at: string;
            result: string;
            what: string;
        };
        ButtonView: {
            text: string;
            /** @description of a link, with at most one placeholder */
            url?: string;
        };
        Cancelled: {
            /** @description what it said, to go on writing */
            text: string;
        };
        Card: {
            ask: string;
            asked: string[];
            bot_did: components["schemas"]["BotDid"][];
            /** Format: date-time */
            clock_due?: string;
            code: string;
            customer: components["schemas"]["CardCustomer"];
            facts: components["schemas"]["Fact"][];
            failed: string[];
            given: string[];
            headline: string;
            lang: string;
            missing: string[];
            mood: components["schemas"]["CardMood"];
            next: components["schemas"]["NextStep"][];
            open: boolean;
            promises: string[];
            quotes: components["schemas"]["Quote"][];
            trigger: string;
            version: string;
        };
        CardCustomer: {
            form: string;
            lang: string;
            name: string;
            /** Format: int64 */
            orders: number;
            since: string;
            /** Format: int64 */
            verified: number;
            vip: boolean;
        };
        CardMood: {
            labels: string[];
            line: number[];
            /** Format: double */
            now: number;
            /** Format: double */
            start: number;
            trend: string;
        };
        CaseView: {
            /** Format: date-time */
            clock_due?: string;
            /** Format: date-time */
            closed?: string;
            /** Format: int64 */
            csat?: number;
            id: string;
            /** Format: date-time */
            opened: string;
            outcome?: string;
            touchpoint: string;
        };
        ChangeMemberInBody: {
            /** @description true: sessions end at once, conversations return to the queue */
            disabled?: boolean;
            /** @enum {string} */
            role?: "agent" | "manager" | "owner";
        };
        ChannelView: {
            /** @description limit counts bytes of UTF-8 */
            by_bytes: boolean;
            /** @description inner SVG of a 24x24 icon */
            icon: string;
            id: string;
            kind: string;
            /**
             * Format: int64
             * @description longest text; 0 is none
             */
            limit: number;
            /** @description types of files that can be sent in private: image, video, audio, file */
            media: string[];
            name: string;
            reason?: string;
            /** @description the platform tells what was read */
            receipts: boolean;
            /** @description a text is billed by the number of SMS that it takes */
            segments: boolean;
            /** @enum {string} */
            state: "ok" | "broken" | "off";
            title: string;
        };
        Claim: {
            bad: boolean;
            /** Format: int64 */
            class: number;
            /** Format: int64 */
            end: number;
            source: string;
            /** Format: int64 */
            start: number;
            text: string;
            value: string;
        };
        CloseInBody: {
            outcome?: string;
        };
        ConversationView: {
            /** @description refunds, changes of address and the like, newest first; each is approved apart from any text */
            actions: components["schemas"]["ActionView"][];
            agent?: components["schemas"]["Person"];
            brief?: string;
            card?: components["schemas"]["Card"];
            cases: components["schemas"]["CaseView"][];
            /** @description kind of the newest message's account */
            channel: string;
            customer: components["schemas"]["RowCustomer"];
            /** @description newest first, at most 20 */
            decisions: components["schemas"]["DecisionLine"][];
            /** @description a draft waits for approval */
            draft: boolean;
            /** @description there are older messages */
            earlier: boolean;
            /** Format: int64 */
            epoch: number;
            /** @description the newest message did not reach the customer, or nobody knows */
            failed: boolean;
            handover?: components["schemas"]["HandoverView"];
            /** Format: date-time */
            human_ends?: string;
            id: string;
            lang: string;
            /** Format: date-time */
            last_at: string;
            last_from: string;
            /** @description oldest first, the newest 60 */
            messages: components["schemas"]["MessageView"][];
            mood: string;
            /** @description the last eight customer messages, -1 to 1 */
            moods: number[];
            notes: components["schemas"]["NoteView"][];
            /** @description in the queue: who is asked first; anybody may take it */
            offered?: components["schemas"]["Person"];
            /** @enum {string} */
            owner: "bot" | "queue" | "human" | "closed";
            /** @description the draft that waits for approval */
            pending?: components["schemas"]["DraftView"];
            person: components["schemas"]["CustomerView"];
            preview: string;
            /**
             * Format: int64
             * @description 0 normal, 1 high, 2 urgent
             */
            priority: number;
            /**
             * Format: date-time
             * @description when the next open promise falls due
             */
            promise_due?: string;
            /** @description whose it is; absent: the bot's */
            promised_by?: components["schemas"]["Person"];
            promises: components["schemas"]["PromiseView"][];
            public: boolean;
            /** @description trigger code of the hand-over, T1 to T19 */
            reason?: string;
            reason_text?: string;
            /** Format: int64 */
            rev: number;
            /**
             * Format: int64
             * @description 0 to 100, for the live wall
             */
            risk: number;
            /** Format: int64 */
            seq: number;
            /** @description how the customer came, and what they said about being written to, oldest first */
            signs: components["schemas"]["SignView"][];
            /** @description for the agent; the first is the best */
            suggestions: components["schemas"]["DraftView"][];
            surface: string;
            team?: string;
            threads: components["schemas"]["ThreadView"][];
            touchpoint?: string;
            /** @description changes of owner, oldest first; the thread shows them as lines */
            transitions: components["schemas"]["Transition"][];
            viewers: components["schemas"]["Person"][];
            /** Format: date-time */
            wait_since?: string;
            /** Format: date-time */
            window_ends?: string;
            /** @description the card in the words of a language model, checked against what is known */
            worded?: components["schemas"]["Worded"];
        };
        Counts: {
            /** Format: int64 */
            all: number;
            /** Format: int64 */
            bot: number;
            /**
             * Format: int64
             * @description accounts that are broken, or about which nobody has put the news aside
             */
            channels: number;
            /** Format: int64 */
            drafts: number;
            /** Format: int64 */
            mine: number;
            /** Format: int64 */
            needs_human: number;
            /** Format: int64 */
            team: number;
        };
        CustomerView: {
            first?: string;
            /** @description prefers a person, on every channel */
            human: boolean;
            id: string;
            identities: components["schemas"]["IdentityView"][];
            lang: string;
            name: string;
            shop?: string;
            /** Format: date-time */
            since?: string;
            /**
             * Format: int64
             * @description 0 to 3
             */
            verified: number;
            vip: boolean;
            /** @description only where the rule is sure */
            vocative?: string;
        };
        Decision: {
            act: string;
            /** Format: date-time */
            at: string;
            conversation: string;
            /** Format: int64 */
            epoch: number;
            facts: components["schemas"]["Fact"][];
            id: string;
            /** Format: int64 */
            level: number;
            missing: string[];
            outcome: string;
            /** Format: int64 */
            priority: number;
            reading: components["schemas"]["Reading"];
            reply: string;
            /** Format: int64 */
            rev: number;
            rule: string;
            rules: string[];
            /** Format: int64 */
            seq: number;
            team: string;
            /** Format: double */
            tension: number;
            touchpoint: string;
            triggers: components["schemas"]["Trigger"][];
            versions: string[];
        };
        DecisionLine: {
            act: string;
            /** Format: date-time */
            at: string;
            code?: string;
            /** Format: double */
            confidence: number;
            id: string;
            outcome?: string;
            /** @description in words */
            rule: string;
            /** Format: int64 */
            seq: number;
            touchpoint: string;
        };
        DecisionView: {
            act: string;
            /** Format: date-time */
            at: string;
            conversation: string;
            /** Format: int64 */
            epoch: number;
            facts: components["schemas"]["Fact"][];
            id: string;
            /** Format: int64 */
            level: number;
            missing: string[];
            outcome: string;
            /** Format: int64 */
            priority: number;
            /** @description what it was decided about */
            question: components["schemas"]["MessageView"][];
            reading: components["schemas"]["Reading"];
            reply: string;
            /** Format: int64 */
            rev: number;
            rule: string;
            rules: string[];
            /** Format: int64 */
            seq: number;
            team: string;
            /** Format: double */
            tension: number;
            touchpoint: string;
            triggers: components["schemas"]["Trigger"][];
            versions: string[];
            /** @description of the rule, the triggers and their kinds, and of the data in the text and what is missing of them */
            words: {
                [key: string]: string;
            };
        };
        Deflected: {
            /** @description good once */
            code: string;
            /** Format: date-time */
            expires_at: string;
            /** @description opens WhatsApp with the code written; absent where there is no WhatsApp account */
            link?: string;
            /**
             * @description what was sent from here
             * @enum {string}
             */
            sent?: "sms" | "whatsapp";
            /** @description for the hotline's own SMS */
            text?: string;
        };
        DeflectInBody: {
            /** @description the hotline's id of the call; the same again answers with the same link and sends nothing twice */
            call_id: string;
            /** @description the caller's number, +48600100200 */
            caller: string;
            /**
             * @description send the way to go on from here: an SMS, or WhatsApp's template and an SMS where the number has no WhatsApp; absent: the hotline sends the text itself
             * @enum {string}
             */
            channel?: "sms" | "whatsapp";
            /** @enum {string} */
            lang?: "pl" | "en";
            /** @description version of the announcement that the caller agreed to: the record of consent to this one message */
            prompt?: string;
            /** @description what the caller chose or said */
            topic?: string;
            /**
             * Format: int64
             * @description seconds in the hotline's queue
             */
            waited_s?: number;
        };
        DraftPage: {
            items: components["schemas"]["DraftView"][];
            today: components["schemas"]["DraftStats"];
        };
        DraftStats: {
            /** Format: int64 */
            caught: number;
            /** Format: int64 */
            edited: number;
            /** Format: double */
            median_s: number;
            /** @description too fast: approving needs a held key */
            pace: boolean;
            /** Format: int64 */
            planted: number;
            /** Format: int64 */
            rejected: number;
            /** Format: int64 */
            unchanged: number;
        };
        DraftView: {
            /** @description why it cannot be approved as it is */
            blocked?: string;
            channel: string;
            claims: components["schemas"]["Claim"][];
            /** Format: int64 */
            class: number;
            /** @enum {string} */
            confidence: "high" | "medium" | "low";
            conversation: string;
            /** Format: date-time */
            created_at: string;
            customer: components["schemas"]["RowCustomer"];
            /** Format: date-time */
            due: string;
            /** @description where it can be sent instead, in private; filled where shut is */
            elsewhere: components["schemas"]["Place"][];
            id: string;
            lease_by?: components["schemas"]["Person"];
            /** Format: date-time */
            lease_until?: string;
            progress?: components["schemas"]["Progress"];
            public: boolean;
            /** @description what the customer wrote last */
            question: components["schemas"]["MessageView"][];
            /**
             * Format: int64
             * @description of the conversation now: send it back as seen_rev
             */
            rev: number;
            /** @description why nothing can be sent where it was written for, as a code of a thread's blocked; however it is edited */
            shut?: string;
            state: string;
            text: string;
            thread: string;
            touchpoint: string;
            /** @description the rule that asks for a person, in words */
            why: string;
            why_code: string;
        };
        Earlier: {
            /** @description there are older ones */
            earlier: boolean;
            /** @description oldest first */
            messages: components["schemas"]["MessageView"][];
        };
        Entity: {
            /** Format: int64 */
            end: number;
            kind: string;
            /** Format: int64 */
            start: number;
            value: string;
        };
        EventLine: {
            /** Format: date-time */
            at: string;
            conversation?: string;
            kind: string;
            text: string;
        };
        EventView: {
            actor?: string;
            /** Format: date-time */
            at: string;
            code?: string;
            conversation?: string;
            counts?: components["schemas"]["Counts"];
            data?: {
                [key: string]: unknown;
            };
            draft?: components["schemas"]["DraftView"];
            kind: string;
            message?: components["schemas"]["MessageView"];
            /** @description the conversation's line as it is now */
            row?: components["schemas"]["Row"];
            /** Format: int64 */
            seq: number;
            subject?: string;
        };
        Evidence: {
            code: string;
            /** Format: int64 */
            end: number;
            layer: string;
            /** Format: int64 */
            start: number;
            text: string;
            /** Format: double */
            weight: number;
        };
        ExampleFile: {
            /** @description tab-separated, as import takes it */
            file: string;
            name: string;
        };
        ExampleInBody: {
            human?: boolean;
            /** @enum {string} */
            lang?: "pl" | "en";
            /** @enum {string} */
            mood?: "pleased" | "calm" | "tense" | "angry";
            /**
             * @description label: what a person says who may not approve; it waits. Absent: only the words or the label change
             * @enum {string}
             */
            state?: "approved" | "rejected" | "label";
            text?: string;
            touchpoint?: string;
        };
        Examples: {
            /** @description newest first; suggested ones by how much their label would teach */
            items: components["schemas"]["ExampleView"][];
        };
        ExampleView: {
            /** Format: date-time */
            at: string;
            by?: components["schemas"]["Person"];
            guess_mood: string;
            /** @description what the version in use makes of it, best first */
            guesses: components["schemas"]["Guess"][];
            /** @description checks new versions instead of teaching them */
            held: boolean;
            human: boolean;
            id: string;
            judged_by?: components["schemas"]["Person"];
            lang: string;
            /** @description absent: nobody said */
            mood?: string;
            /** @enum {string} */
            source: "message" | "hand" | "file";
            /** @enum {string} */
            state: "suggested" | "waiting" | "approved" | "rejected";
            /** @description without personal data */
            text: string;
            touchpoint: string;
            /** @description why a label is asked for: unsure, frequent, disagree */
            why: string[];
        };
        Fact: {
            /** Format: date-time */
            at: string;
            bad: boolean;
            /** Format: int64 */
            class: number;
            key: string;
            source: string;
            subject: string;
            text: string;
            value: string;
        };
        Fault: {
            what: string;
            /** @description such as body.text */
            where: string;
        };
        FieldView: {
            help: string;
            label: string;
            name: string;
            /** @description the allowed values, the first is the default; empty: any */
            options: string[];
            required: boolean;
            /** @description written, never shown again */
            secret: boolean;
        };
        Figures: {
            /** Format: double */
            alarms: number;
            /** Format: double */
            anger: number;
            /** Format: double */
            human: number;
            /** Format: int64 */
            n: number;
            /** Format: double */
            own: number;
            /** Format: int64 */
            own_n: number;
            /** Format: double */
            taught: number;
            /** Format: double */
            topics: number;
        };
        Guess: {
            /** Format: double */
            confidence: number;
            touchpoint: string;
        };
        HandoverView: {
            /** Format: date-time */
            at: string;
            code: string;
            /** Format: date-time */
            first_reply?: string;
            id: string;
            /** @description in words */
            reason: string;
            /** Format: int64 */
            step: number;
            /** Format: date-time */
            taken_at?: string;
            taken_by?: components["schemas"]["Person"];
            verdict?: string;
        };
        HeaderView: {
            /**
             * @description the reply brings one file of this type
             * @enum {string}
             */
            file?: "image" | "video" | "file";
            /**
             * Format: int64
             * @description bytes that the platform takes
             */
            most?: number;
            /** @description with at most one placeholder */
            text?: string;
            /** @description MIME types that the platform takes */
            types: string[];
        };
        Hello: {
            /**
             * Format: int64
             * @description events after this one follow
             */
            seq: number;
        };
        IdentityView: {
            channel: string;
            id: string;
            name?: string;
            username?: string;
            /** Format: int64 */
            verified: number;
        };
        ImportInBody: {
            /** @description tab-separated, with a header naming touchpoint, mood, flags (- or human), text and, where it differs, lang */
            file: string;
            /**
             * @description of lines that do not say; absent: the company's
             * @enum {string}
             */
            lang?: "pl" | "en";
        };
        Invitation: {
            /** @description whose it is */
            id: string;
            /** @description to be opened at this address of the desk, once */
            path: string;
            /** Format: date-time */
            until: string;
        };
        KindView: {
            fields: components["schemas"]["FieldView"][];
            /** @enum {string} */
            group: "chat" | "public" | "mail";
            /** @description path of a 24x24 icon */
            icon: string;
            kind: string;
            title: string;
        };
        Learning: {
            counts: components["schemas"]["LearningCounts"];
            /**
             * Format: int64
             * @description approved examples that the version in use has not learnt from yet
             */
            lessons: number;
            /** @description the name of version 0 */
            shipped: string;
            /** @description a new version is due or under way */
            training: boolean;
            /**
             * Format: int64
             * @description number of the version in use; 0 is what the program ships with
             */
            used: number;
            /** @description newest first, at most 50 */
            versions: components["schemas"]["VersionView"][];
            /** @description the brand's own */
            words: components["schemas"]["WordView"][];
        };
        LearningCounts: {
            /** Format: int64 */
            approved: number;
            /**
             * Format: int64
             * @description of the approved: kept apart to check new versions with
             */
            held: number;
            /** Format: int64 */
            rejected: number;
            /** Format: int64 */
            suggested: number;
            /** Format: int64 */
            waiting: number;
        };
        Log: {
            /** @description newest first */
            items: components["schemas"]["LogLine"][];
            next?: string;
        };
        LoginInBody: {
            /** @example ola@demo.pl */
            email: string;
            password: string;
        };
        LogLine: {
            act: string;
            /** Format: date-time */
            at: string;
            code?: string;
            /** Format: double */
            confidence: number;
            conversation: string;
            customer: components["schemas"]["RowCustomer"];
            id: string;
            outcome?: string;
            /** @description in words */
            rule: string;
            /** Format: int64 */
            seq: number;
            touchpoint: string;
        };
        Me: {
            /** @description actions this person may take */
            can: string[];
            channels: components["schemas"]["ChannelView"][];
            counts: components["schemas"]["Counts"];
            people: components["schemas"]["Person"][];
            teams: components["schemas"]["TeamView"][];
            touchpoints: components["schemas"]["TouchpointView"][];
            user: components["schemas"]["Person"];
            workspace: components["schemas"]["WorkspaceView"];
        };
        MeInBody: {
            /** @description takes no conversations */
            away?: boolean;
            /** @enum {string} */
            lang?: "pl" | "en";
        };
        Members: {
            /** @description those who may sign in first */
            items: components["schemas"]["MemberView"][];
        };
        MemberView: {
            /** @description may not sign in */
            disabled: boolean;
            email: string;
            id: string;
            /** @description has never set a password */
            invited: boolean;
            lang: string;
            /**
             * Format: int64
             * @description conversations in hand
             */
            load: number;
            name: string;
            present: boolean;
            /** @enum {string} */
            role: "agent" | "manager" | "owner";
            /**
             * Format: date-time
             * @description when they last signed in, where that session still is
             */
            seen?: string;
        };
        MergeInBody: {
            gone: string;
            keep: string;
            /** @description a short code; absent: same_person */
            reason?: string;
        };
        MergeOut: {
            id: string;
        };
        MergesOut: {
            merges: components["schemas"]["MergeView"][];
            proposals: components["schemas"]["ProposalView"][];
        };
        MergeView: {
            /** Format: date-time */
            at: string;
            /** @description the channels that the one who is gone brought along */
            brought: components["schemas"]["IdentityView"][];
            /** @description a person's name; empty where proof alone decided */
            by: string;
            evidence: string[];
            gone: string;
            /** @description whom the kept one was joined with */
            gone_name?: string;
            id: string;
            kept: string;
            /**
             * Format: int64
             * @description how many were brought in
             */
            messages: number;
            reason: string;
            /** Format: date-time */
            undone_at?: string;
        };
        MessageInBody: {
            message: string;
        };
        MessageView: {
            ai_generated: boolean;
            /** Format: date-time */
            at: string;
            /** @description a person's name */
            author?: string;
            cancelled?: boolean;
            decision?: string;
            delivery: string;
            edited: boolean;
            /**
             * Format: date-time
             * @description it is not sent before and can be taken back until then
             */
            held_until?: string;
            id: string;
            /** @description the client's idempotency key */
            key?: string;
            /** @description of a notice */
            kind?: string;
            /**
             * Format: date-time
             * @description when it reached us, where that was more than a minute after it was written
             */
            late?: string;
            /** @description words that counted, byte offsets */
            marks: components["schemas"]["Evidence"][];
            mood?: string;
            /** @enum {string} */
            origin: "customer" | "bot" | "draft" | "human" | "external" | "notice";
            parts: components["schemas"]["Part"][];
            /** @description code of a failure */
            problem?: string;
            removed: boolean;
            /** @enum {string} */
            removed_by?: "customer" | "company" | "platform" | "erasure";
            /**
             * Format: double
             * @description mood, -1 to 1
             */
            score?: number;
            /** Format: int64 */
            seq: number;
            /** @description where a bot's claims come from */
            sources: string[];
            /** @description name of the approved template that it is */
            template?: string;
            text: string;
            thread: string;
            /**
             * Format: int64
             * @description a bot answer: from the customer's message
             */
            took_ms?: number;
        };
        NewAccountInBody: {
            /** @description by the names of the kind's form */
            fields: {
                [key: string]: string;
            };
            kind: string;
            /** @description for people */
            name: string;
        };
        NewExampleInBody: {
            /** @description the writer asks for a person */
            human?: boolean;
            /**
             * @description absent: the company's
             * @enum {string}
             */
            lang?: "pl" | "en";
            /** @enum {string} */
            mood?: "pleased" | "calm" | "tense" | "angry";
            text: string;
            touchpoint: string;
        };
        NewsView: {
            account: string;
            /** Format: date-time */
            at: string;
            code: string;
            id: string;
            /**
             * Format: date-time
             * @description of a stretch of time: its begin; at is its end
             */
            since?: string;
            /** @description in the reader's language */
            text: string;
            /**
             * Format: int64
             * @description how often it came
             */
            times: number;
        };
        NewWordInBody: {
            /** @description a word or several; * stands for any ending, .. for up to three words, / for one of several */
            pattern: string;
            /** @enum {string} */
            side: "hard" | "soft" | "harmless";
        };
        NextStep: {
            action: string;
            why: string;
        };
        NoteInBody: {
            /** @description a whisper: the bot obeys it in its next answer */
            for_bot?: boolean;
            text: string;
        };
        NoteView: {
            /** Format: date-time */
            at: string;
            by: string;
            for_bot: boolean;
            id: string;
            text: string;
        };
        Page: {
            counts: components["schemas"]["Counts"];
            items: components["schemas"]["Row"][];
            /** @description cursor of the following page */
            next?: string;
        };
        Part: {
            file?: string;
            /** Format: double */
            lat?: number;
            /** Format: double */
            lon?: number;
            mime?: string;
            name?: string;
            /** Format: int64 */
            size?: number;
            state?: string;
            type: string;
            url?: string;
            value?: string;
        };
        PauseInBody: {
            paused: boolean;
            /** @description absent: the whole bot */
            touchpoint?: string;
        };
        Person: {
            email: string;
            id: string;
            /** @enum {string} */
            lang: "pl" | "en";
            /**
             * Format: int64
             * @description conversations in hand
             */
            load: number;
            name: string;
            present: boolean;
            /** @enum {string} */
            role: "agent" | "manager" | "owner";
        };
        Place: {
            channel: string;
            surface: string;
            thread: string;
        };
        Policy: {
            progress: components["schemas"]["Progress"][];
            touchpoints: components["schemas"]["TouchpointView"][];
        };
        PriorityInBody: {
            /** Format: int64 */
            priority: number;
        };
        Problem: {
            /**
             * @description stable, for programs
             * @example newer_message
             */
            code: string;
            /** @description what is special about this occurrence */
            detail?: string;
            /** @description each field that is wrong */
            errors?: components["schemas"]["Fault"][];
            /**
             * Format: int64
             * @example 409
             */
            status: number;
            /** @description for people, in the caller's language */
            title: string;
            /**
             * @description about:blank: the status says what kind of error it is
             * @example about:blank
             */
            type: string;
        };
        Progress: {
            can_raise: boolean;
            /** Format: int64 */
            caught: number;
            /** Format: int64 */
            critical: number;
            /** @description chat, public or mail */
            group: string;
            lang: string;
            /** Format: int64 */
            level: number;
            /**
             * Format: double
             * @description one-sided lower confidence bound of success
             */
            lower: number;
            /** @description what is not yet shown, as codes */
            missing: string[];
            /**
             * Format: int64
             * @description successes in a row that would be enough at this point
             */
            needed: number;
            /** Format: int64 */
            planted: number;
            /** Format: int64 */
            reviewed: number;
            /** Format: int64 */
            success: number;
            touchpoint: string;
        };
        PromiseView: {
            /** Format: date-time */
            broken?: string;
            /** @description a person's name, empty for the bot */
            by: string;
            /** Format: date-time */
            due: string;
            id: string;
            /** Format: date-time */
            kept?: string;
            text: string;
        };
        ProposalInBody: {
            /** @description they are one person */
            yes: boolean;
        };
        ProposalView: {
            a: components["schemas"]["CustomerView"];
            /** Format: date-time */
            at: string;
            b: components["schemas"]["CustomerView"];
            /** @description codes: name, username, order, email, phone, platform; shop_differs speaks against it */
            evidence: string[];
            id: string;
            /**
             * Format: double
             * @description 0 to 1: how much the evidence weighs, not a probability
             */
            score: number;
        };
        ProposeInBody: {
            /**
             * Format: int64
             * @description minor units, of a refund
             */
            amount?: number;
            /** @description of an address */
            args?: {
                [key: string]: string;
            };
            currency?: string;
            /** @enum {string} */
            kind: "refund_delivery" | "refund_amount" | "change_address" | "resend";
            /** @description a code; goodwill where it is absent */
            reason?: string;
            /** @description the order's number */
            subject: string;
        };
        Quote: {
            /** Format: int64 */
            seq: number;
            text: string;
            why: string;
        };
        RaiseInBody: {
            /** @description language and channel group, such as pl/chat */
            group: string;
        };
        Reading: {
            alternatives: components["schemas"]["Guess"][];
            /** Format: double */
            anger: number;
            asks_bot: boolean;
            /** Format: double */
            confidence: number;
            entities: components["schemas"]["Entity"][];
            /** Format: double */
            escalation: number;
            evidence: components["schemas"]["Evidence"][];
            /** Format: int64 */
            feedback: number;
            form: string;
            gender: string;
            hard: boolean;
            hard_kind: string;
            /** Format: double */
            human_score: number;
            lang: string;
            lang_sure: boolean;
            mood: string;
            /** Format: double */
            out_of_scope: number;
            set: string[];
            touchpoint: string;
            urgent: boolean;
            version: string;
            wants_human: boolean;
        };
        RejectActionInBody: {
            /** @description a code */
            reason: string;
        };
        RejectInBody: {
            /** @description the bot writes again and obeys it; absent: you take the conversation */
            instruction?: string;
            reason: string;
        };
        Replayed: {
            decision: components["schemas"]["Decision"];
            same: boolean;
        };
        ReplyInBody: {
            /** @description the suggestion it came from */
            draft?: string;
            /** @description brought before with POST /api/files; in private only, after the text; with a template the one of its header */
            files?: string[];
            /** @description the same key again answers with the message that is already there; with a key the message is held for some seconds and can be cancelled */
            key?: string;
            /** @description answer a public comment in private, once per comment */
            private?: boolean;
            /**
             * Format: int64
             * @description the newest message that was seen: a newer one of the customer is a conflict
             */
            seen_seq?: number;
            /** @description an approved template in the place of a text: outside the window nothing else is taken */
            template?: components["schemas"]["TemplateUse"];
            /** @description absent only with a template */
            text?: string;
            /** @description where to answer; absent: where the customer wrote last */
            thread?: string;
        };
        ReturnInBody: {
            /** @description a line of instruction for the bot */
            brief?: string;
            outcome?: string;
        };
        Row: {
            agent?: components["schemas"]["Person"];
            /** @description kind of the newest message's account */
            channel: string;
            customer: components["schemas"]["RowCustomer"];
            /** @description a draft waits for approval */
            draft: boolean;
            /** Format: int64 */
            epoch: number;
            /** @description the newest message did not reach the customer, or nobody knows */
            failed: boolean;
            /** Format: date-time */
            human_ends?: string;
            id: string;
            lang: string;
            /** Format: date-time */
            last_at: string;
            last_from: string;
            mood: string;
            /** @description the last eight customer messages, -1 to 1 */
            moods: number[];
            /** @description in the queue: who is asked first; anybody may take it */
            offered?: components["schemas"]["Person"];
            /** @enum {string} */
            owner: "bot" | "queue" | "human" | "closed";
            preview: string;
            /**
             * Format: int64
             * @description 0 normal, 1 high, 2 urgent
             */
            priority: number;
            /**
             * Format: date-time
             * @description when the next open promise falls due
             */
            promise_due?: string;
            /** @description whose it is; absent: the bot's */
            promised_by?: components["schemas"]["Person"];
            public: boolean;
            /** @description trigger code of the hand-over, T1 to T19 */
            reason?: string;
            reason_text?: string;
            /** Format: int64 */
            rev: number;
            /**
             * Format: int64
             * @description 0 to 100, for the live wall
             */
            risk: number;
            /** Format: int64 */
            seq: number;
            surface: string;
            team?: string;
            touchpoint?: string;
            /** Format: date-time */
            wait_since?: string;
            /** Format: date-time */
            window_ends?: string;
        };
        RowCustomer: {
            id: string;
            name: string;
            username?: string;
            vip: boolean;
        };
        SampleGroup: {
            /**
             * Format: int64
             * @description sent as it is, the same verdict twice, error found, the same facts without help, used as it was
             */
            agreed: number;
            /** Format: int64 */
            critical: number;
            /** @enum {string} */
            kind: "sample" | "second" | "trap" | "withheld" | "helped";
            /**
             * Format: double
             * @description of the share that agrees: Clopper-Pearson, 90 % two-sided
             */
            lower: number;
            /**
             * Format: double
             * @description from being written to being decided on
             */
            median_s: number;
            /** Format: int64 */
            n: number;
            /** Format: double */
            upper: number;
            /**
             * Format: int64
             * @description not looked at yet
             */
            waiting: number;
        };
        Samples: {
            /**
             * Format: int64
             * @description how far back they reach
             */
            days: number;
            groups: components["schemas"]["SampleGroup"][];
            /** @description the newest, at most 100 */
            items: components["schemas"]["SampleView"][];
        };
        SampleView: {
            agreed: boolean;
            /** Format: date-time */
            at: string;
            /** @description what the bot said, or would have said */
            bot: string;
            conversation: string;
            /** @description cosmetic, tone or factual */
            edit?: string;
            /** @description of a second review: what the first one made of it; absent: the same */
            first?: string;
            id: string;
            /** @enum {string} */
            kind: "sample" | "second" | "trap" | "withheld" | "helped";
            lang: string;
            /** @description what a person made of it, or wrote without it; absent: the same */
            person?: string;
            reasons?: string;
            touchpoint: string;
            /** @description the planted error */
            trap?: string;
        };
        Session: {
            brand: string;
            /** @description that an AI answers; to be shown first */
            disclosure: string;
            lang: string;
            /** @description people are at the desk */
            open: boolean;
            /** @description proves the visitor; kept by the browser */
            token: string;
            visitor: string;
        };
        SignView: {
            /** Format: date-time */
            at: string;
            channel: string;
            /** @description referral_ad, referral_link, consent_all_stop, consent_all_resume, consent_marketing_stop, consent_marketing_resume */
            code: string;
            text: string;
            /** @description of the advertisement */
            url?: string;
        };
        SlotView: {
            /**
             * Format: int64
             * @description index of the button, where it stands in one
             */
            button: number;
            /** @description the one the template was approved with */
            example?: string;
            name: string;
            /** @enum {string} */
            place: "header" | "body" | "button";
            /** @description what fits in this conversation */
            value?: string;
        };
        TakeOverInBody: {
            /**
             * Format: int64
             * @description the one that was seen; any other is a conflict
             */
            epoch?: number;
        };
        TeamView: {
            id: string;
            name: string;
        };
        Templates: {
            /**
             * Format: date-time
             * @description when the platform was last asked
             */
            at?: string;
            /** @description those that can be sent first, the conversation's language first */
            items: components["schemas"]["TemplateView"][];
            /** @description why it could not be asked then, in words */
            problem?: string;
        };
        TemplateUse: {
            lang: string;
            name: string;
            /** @description of the placeholders, in their order */
            values?: string[];
        };
        TemplateView: {
            /** @description with placeholders in double braces */
            body: string;
            buttons: components["schemas"]["ButtonView"][];
            /** @enum {string} */
            category: "utility" | "marketing" | "authentication";
            footer?: string;
            header: components["schemas"]["HeaderView"];
            lang: string;
            name: string;
            /** @description all of it, in the order in which their values are given */
            slots: components["schemas"]["SlotView"][];
            /**
             * @description only an approved one can be sent
             * @enum {string}
             */
            state: "approved" | "pending" | "rejected" | "paused" | "disabled" | "complex" | "unwanted";
        };
        Tested: {
            ok: components["schemas"]["Word"][];
            wrong: components["schemas"]["Word"][];
        };
        ThreadView: {
            account: string;
            /** @description the channel has approved templates, which may be sent at any time */
            approved: boolean;
            /** @description why nothing can be sent now, as a code */
            blocked?: string;
            channel: string;
            /**
             * Format: date-time
             * @description the platform's exception for people ends then
             */
            human_ends?: string;
            id: string;
            /** @description the visitor is on the site now */
            live: boolean;
            public: boolean;
            subject?: string;
            surface: string;
            /**
             * Format: date-time
             * @description free-form answers until then; absent: no limit
             */
            window_ends?: string;
        };
        TopicInBody: {
            /** @enum {string} */
            mood?: "pleased" | "calm" | "tense" | "angry";
            touchpoint?: string;
        };
        TouchpointInBody: {
            /** Format: int64 */
            empathy?: number;
            /** Format: int64 */
            level?: number;
            /** @description why; kept in the trail */
            note?: string;
            /** @description sensitivity: wysoka, zrownowazona, niska; empty is the company's */
            profile?: string;
            /** Format: int64 */
            speed?: number;
            /**
             * Format: int64
             * @description of the topic as it was read; any other is a conflict
             */
            version: number;
        };
        TouchpointView: {
            /**
             * Format: int64
             * @description the highest level a manager may give; above it a level is raised on evidence
             */
            by_hand: number;
            /** Format: int64 */
            empathy: number;
            id: string;
            /** Format: int64 */
            level: number;
            paused: boolean;
            profile: string;
            /** Format: int64 */
            speed: number;
            /** @enum {string} */
            temper: "speed" | "empathy";
            /** @description in the reader's language */
            title: string;
            /** Format: int64 */
            version: number;
        };
        Transition: {
            /** @description a person's name, bot, customer or clock */
            actor: string;
            /** Format: date-time */
            at: string;
            code: string;
            /** Format: int64 */
            epoch: number;
            from: string;
            /**
             * Format: int64
             * @description of the newest message at that moment
             */
            seq: number;
            /** @description in words */
            text: string;
            to: string;
        };
        Trigger: {
            code: string;
            evidence?: components["schemas"]["Evidence"][];
            kind?: string;
            /** Format: double */
            limit?: number;
            offer?: boolean;
            /** Format: double */
            score?: number;
        };
        TryInBody: {
            text: string;
        };
        Typing: {
            conversation: string;
            /** @description a person's name, or customer */
            who: string;
        };
        Upload: {
            id: string;
            /** @enum {string} */
            kind: "image" | "video" | "audio" | "file";
            /** @description as found in the content */
            mime: string;
            name: string;
            /** Format: int64 */
            size: number;
        };
        VerdictInBody: {
            /** @enum {string} */
            verdict: "right" | "early" | "late";
        };
        VersionInBody: {
            /**
             * Format: int64
             * @description 0 is what the program ships with
             */
            number: number;
        };
        VersionView: {
            /** @description of this one, on the same messages */
            after: components["schemas"]["Figures"];
            /** Format: date-time */
            at: string;
            /** @description of the version in use then */
            before: components["schemas"]["Figures"];
            /** @description absent: what was approved asked for it */
            by?: components["schemas"]["Person"];
            /** @description it is kept and passed its check */
            can_use: boolean;
            /** @description new examples by topic */
            changed: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description of the company's own that it learnt from
             */
            examples: number;
            /**
             * Format: int64
             * @description of the company's own that it was checked with
             */
            held: number;
            /** @description as decisions name it */
            name: string;
            /** Format: int64 */
            number: number;
            /** @description why it was refused: topics_worse, anger_missed, anger_imagined, human_missed, own_worse */
            reasons: string[];
            /**
             * Format: double
             * @description that the training took
             */
            seconds: number;
            /** @enum {string} */
            state: "accepted" | "refused";
            used: boolean;
        };
        Viewers: {
            conversation: string;
            people: components["schemas"]["Person"][];
        };
        Wall: {
            /** Format: int64 */
            bot: number;
            /** Format: int64 */
            bot_p50_ms: number;
            /** Format: int64 */
            bot_p95_ms: number;
            /** Format: int64 */
            dead_jobs: number;
            /** Format: int64 */
            drafts: number;
            happening: components["schemas"]["EventLine"][];
            /**
             * Format: int64
             * @description requests for a person that met another bot answer; must be 0
             */
            ignored: number;
            /** Format: int64 */
            longest_s: number;
            /**
             * Format: double
             * @description mean of open conversations, -1 to 1
             */
            mood: number;
            /**
             * Format: int64
             * @description messages without a disposition past their deadline; must be 0
             */
            overdue: number;
            paused: boolean;
            /** Format: int64 */
            people: number;
            team: components["schemas"]["Person"][];
            /** @description by risk, at most 60 */
            tiles: components["schemas"]["Row"][];
            /** Format: int64 */
            waiting: number;
        };
        WidgetFile: {
            id: string;
            /** @enum {string} */
            kind: "image" | "video" | "audio" | "file";
            name: string;
            /** Format: int64 */
            size: number;
        };
        WidgetMessage: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            author: "customer" | "bot" | "human" | "notice";
            /** @description buttons */
            choice?: string[];
            files?: components["schemas"]["WidgetFile"][];
            id: string;
            /** @description of a notice */
            kind?: string;
            /** @description of the person who wrote */
            name?: string;
            /** Format: int64 */
            seq: number;
            text: string;
        };
        WidgetOwner: {
            name?: string;
            owner: string;
            /** @description a person is being fetched */
            wait?: boolean;
        };
        Word: {
            code: string;
            text: string;
        };
        Worded: {
            /** Format: date-time */
            at: string;
            by: string;
            text: string;
        };
        WordView: {
            by?: components["schemas"]["Person"];
            id: string;
            pattern: string;
            /** @enum {string} */
            side: "hard" | "soft" | "harmless";
        };
        WorkspaceView: {
            id: string;
            lang: string;
            name: string;
            /**
             * Format: date-time
             * @description when they are next
             */
            next?: string;
            /** @description people are at the desk by the calendar */
            open: boolean;
            /** @description the whole bot is silent */
            paused: boolean;
            zone: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "get-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAccountInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-accounts-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-accounts-id-test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tested"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-actions-id-approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveActionInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-actions-id-cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-actions-id-reject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectActionInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations": {
        parameters: {
            query?: {
                /** @description the cursor of the page before */
                after?: string;
                limit?: number;
                /** @description part of a name or user name */
                q?: string;
                view?: "needs_human" | "mine" | "promised" | "team" | "bot" | "all" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-actions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-assign": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cancelled"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-close": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CloseInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-messages": {
        parameters: {
            query?: {
                /** @description the number of the oldest message already there */
                before?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Earlier"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-note": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-priority": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriorityInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-reply": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplyInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-return": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReturnInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-seen": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-takeover": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TakeOverInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-conversations-id-templates": {
        parameters: {
            query?: {
                /** @description ask the platform now */
                refresh?: boolean;
                /** @description absent: the one that the customer used last */
                thread?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Templates"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-topic": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopicInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-typing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-conversations-id-verdict": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerdictInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-customers-id-erase": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-decisions": {
        parameters: {
            query?: {
                /** @description the last one already seen */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Log"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-decisions-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-decisions-id-replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-deflections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeflectInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deflected"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftPage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-drafts-id-approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApproveInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-drafts-id-open": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-drafts-id-reject": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RejectInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-drafts-id-release": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a stream without an end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["EventView"];
                };
            };
        };
    };
    "post-files": {
        parameters: {
            query?: {
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
        };
    };
    "get-files-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the content; of a type that a browser may show, or application/octet-stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
        };
    };
    "post-invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-learning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Learning"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-learning-examples": {
        parameters: {
            query?: {
                limit?: number;
                /** @description a part of the text or of the topic */
                q?: string;
                state?: "suggested" | "waiting" | "approved" | "rejected";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Examples"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-learning-examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExampleInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Added"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-learning-examples-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExampleInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExampleView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-learning-export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExampleFile"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-learning-import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Added"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-learning-train": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-learning-try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TryInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reading"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-learning-use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-learning-weekly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-learning-words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWordInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WordView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "delete-learning-words-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-merges": {
        parameters: {
            query?: {
                /** @description about one customer; absent: all proposals that wait */
                customer?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergesOut"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeOut"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-merges-id-split": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-news-id-seen": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Members"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddMemberInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-people-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMemberInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-people-id-invite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-policy-pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "put-policy-touchpoints-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TouchpointInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchpointView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-policy-touchpoints-id-raise": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RaiseInBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-promises-id-keep": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "post-proposals-id": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposalInBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergeOut"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Samples"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    "get-wall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wall"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
