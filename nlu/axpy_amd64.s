#include "textflag.h"

// Products, then sums, four at a time: the same two roundings as in Go, so the same bits.

// func axpyBlocks(a float32, x, y *float32, blocks int)
TEXT ·axpyBlocks(SB), NOSPLIT, $0-32
	MOVSS  a+0(FP), X0
	SHUFPS $0, X0, X0
	MOVQ   x+8(FP), SI
	MOVQ   y+16(FP), DI
	MOVQ   blocks+24(FP), CX

loop:
	MOVUPS (SI), X1
	MOVUPS 16(SI), X2
	MOVUPS (DI), X3
	MOVUPS 16(DI), X4
	MULPS  X0, X1
	MULPS  X0, X2
	ADDPS  X1, X3
	ADDPS  X2, X4
	MOVUPS X3, (DI)
	MOVUPS X4, 16(DI)
	ADDQ   $32, SI
	ADDQ   $32, DI
	DECQ   CX
	JNZ    loop
	RET

// func gather16(h, in *float32, width int, col *int32, val *float32, n int)
TEXT ·gather16(SB), NOSPLIT, $0-48
	MOVQ   h+0(FP), DI
	MOVQ   in+8(FP), SI
	MOVQ   width+16(FP), R8
	SHLQ   $2, R8
	MOVQ   col+24(FP), R9
	MOVQ   val+32(FP), R10
	MOVQ   n+40(FP), CX
	MOVUPS (DI), X0
	MOVUPS 16(DI), X1
	MOVUPS 32(DI), X2
	MOVUPS 48(DI), X3

loop:
	MOVLQSX (R9), AX
	IMULQ   R8, AX
	MOVSS   (R10), X4
	SHUFPS  $0, X4, X4
	MOVUPS  (SI)(AX*1), X5
	MOVUPS  16(SI)(AX*1), X6
	MOVUPS  32(SI)(AX*1), X7
	MOVUPS  48(SI)(AX*1), X8
	MULPS   X4, X5
	MULPS   X4, X6
	MULPS   X4, X7
	MULPS   X4, X8
	ADDPS   X5, X0
	ADDPS   X6, X1
	ADDPS   X7, X2
	ADDPS   X8, X3
	ADDQ    $4, R9
	ADDQ    $4, R10
	DECQ    CX
	JNZ     loop
	MOVUPS  X0, (DI)
	MOVUPS  X1, 16(DI)
	MOVUPS  X2, 32(DI)
	MOVUPS  X3, 48(DI)
	RET

// func scatter16(from, in *float32, width int, col *int32, val *float32, n int)
TEXT ·scatter16(SB), NOSPLIT, $0-48
	MOVQ   from+0(FP), DI
	MOVQ   in+8(FP), SI
	MOVQ   width+16(FP), R8
	SHLQ   $2, R8
	MOVQ   col+24(FP), R9
	MOVQ   val+32(FP), R10
	MOVQ   n+40(FP), CX
	MOVUPS (DI), X0
	MOVUPS 16(DI), X1
	MOVUPS 32(DI), X2
	MOVUPS 48(DI), X3

loop:
	MOVLQSX (R9), AX
	IMULQ   R8, AX
	ADDQ    SI, AX
	MOVSS   (R10), X4
	SHUFPS  $0, X4, X4
	MOVAPS  X4, X5
	MOVAPS  X4, X6
	MOVAPS  X4, X7
	MULPS   X0, X4
	MULPS   X1, X5
	MULPS   X2, X6
	MULPS   X3, X7
	MOVUPS  (AX), X8
	MOVUPS  16(AX), X9
	MOVUPS  32(AX), X10
	MOVUPS  48(AX), X11
	ADDPS   X4, X8
	ADDPS   X5, X9
	ADDPS   X6, X10
	ADDPS   X7, X11
	MOVUPS  X8, (AX)
	MOVUPS  X9, 16(AX)
	MOVUPS  X10, 32(AX)
	MOVUPS  X11, 48(AX)
	ADDQ    $4, R9
	ADDQ    $4, R10
	DECQ    CX
	JNZ     loop
	RET
