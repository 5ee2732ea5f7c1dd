namespace Plumbline.Otlp;

/// <summary>A request that is no OTLP at all: nothing of it was taken.</summary>
public sealed class OtlpFormatException(string message, Exception? inner = null) : Exception(message, inner);
