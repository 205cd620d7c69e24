module ringgate/writes

go 1.21
