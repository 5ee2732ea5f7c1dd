using System.IO.Compression;
using System.Text.Json;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Captured;

/// <summary>A request body that a real library sent, as the manifest beside it describes it.</summary>
internal sealed record CapturedBody(string File, OtlpSignal Signal, OtlpEncoding Encoding, byte[] Bytes)
{
    public static CapturedBody Load(JsonElement body)
    {
        var file = body.GetProperty("file").GetString()!;
        var bytes = System.IO.File.ReadAllBytes(Path.Combine(Captures.Folder, file));
        if (file.EndsWith(".grpc", StringComparison.Ordinal)) bytes = Unframe(bytes);
        else if (file.EndsWith(".gz", StringComparison.Ordinal)) bytes = Inflate(bytes);
        var signal = body.GetProperty("signal").GetString() == "logs" ? OtlpSignal.Logs : OtlpSignal.Traces;
        var encoding = body.GetProperty("content_type").GetString() == "application/json" ? OtlpEncoding.Json : OtlpEncoding.Protobuf;
        return new(file, signal, encoding, bytes);
    }

    public MappedBatch Map(MappingSettings? settings = null) => new SpanMapper(Captures.Limits).MapTraces(Bytes, Encoding, settings ?? MappingSettings.Default);

    public SpanRecord[] Spans() => Map().Batch.ToRecords();

    public static byte[] Inflate(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Unframe(byte[] frame) => frame[0] == 0 ? frame[5..] : Inflate(frame[5..]);
}
