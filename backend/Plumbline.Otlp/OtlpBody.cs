using Plumbline.Otlp.Wire.Json;

namespace Plumbline.Otlp;

/// <summary>The two encodings of OTLP.</summary>
public enum OtlpEncoding { Protobuf, Json }

/// <summary>The two signals taken here.</summary>
public enum OtlpSignal { Traces, Logs }

/// <summary>A request in protobuf's wire format, whatever it came in. Dispose it when nothing reads from it any more.</summary>
public readonly ref struct OtlpBody : IDisposable
{
    private readonly WireWriter? _transcoded;
    private readonly ReadOnlySpan<byte> _body;

    private OtlpBody(ReadOnlySpan<byte> body, WireWriter? transcoded)
    {
        _body = body;
        _transcoded = transcoded;
    }

    public ReadOnlySpan<byte> Wire => _transcoded is null ? _body : _transcoded.Written;

    /// <summary>Opens a body in either encoding.</summary>
    /// <exception cref="OtlpFormatException">JSON that cannot be read. Protobuf is not looked at yet.</exception>
    public static OtlpBody Open(ReadOnlySpan<byte> body, OtlpEncoding encoding, OtlpSignal signal, OtlpLimits limits)
    {
        if (encoding == OtlpEncoding.Protobuf) return new(body, null);
        var writer = new WireWriter();
        try
        {
            new JsonTranscoder(limits, writer).Write(body, signal == OtlpSignal.Traces ? JsonShapes.Traces : JsonShapes.Logs);
            return new(default, writer);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    public void Dispose() => _transcoded?.Dispose();
}
