"""Register bytecode: the opcode table, `Code` records, the `Program` interface, assembler and disassembler."""
