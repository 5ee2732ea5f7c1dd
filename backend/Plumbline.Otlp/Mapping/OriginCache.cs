using System.Buffers;
using System.Text.Json;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>What a resource says, worked out once for all spans that share it.</summary>
internal sealed class OriginCache
{
    private static readonly JsonWriterOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> json = new(512);
    private byte[] resource = [];
    private bool filled;

    public ReadOnlySpan<byte> Json => json.WrittenSpan;

    public byte[] ServiceName { get; private set; } = [];

    public byte[] Environment { get; private set; } = [];

    public byte[] SdkName { get; private set; } = [];

    public void Reset() => filled = false;

    public void Use(in WireOrigin origin, AnyJson any)
    {
        if (filled && origin.Resource.SequenceEqual(resource)) return;
        resource = origin.Resource.ToArray();
        filled = true;
        ServiceName = Environment = SdkName = [];
        json.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(json, Options);
        any.Map(writer, origin.ResourceAttributes);
        writer.Flush();
        foreach (var pair in origin.ResourceAttributes)
        {
            if (pair.Value.Kind != AnyKind.String || !System.Text.Unicode.Utf8.IsValid(pair.Value.Bytes)) continue;
            if (pair.Key.SequenceEqual("service.name"u8)) ServiceName = pair.Value.Bytes.ToArray();
            else if (pair.Key.SequenceEqual("telemetry.sdk.name"u8)) SdkName = pair.Value.Bytes.ToArray();
            else if (pair.Key.SequenceEqual("deployment.environment.name"u8)) Environment = pair.Value.Bytes.ToArray();
            else if (pair.Key.SequenceEqual("deployment.environment"u8) && Environment.Length == 0) Environment = pair.Value.Bytes.ToArray();
        }
    }
}
