using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>What a resource says, worked out once for all spans that share it.</summary>
internal sealed class OriginCache
{
    private readonly JsonOutput json = new();
    private readonly TextBuffer resource = new();
    private readonly TextBuffer serviceName = new();
    private readonly TextBuffer environment = new();
    private readonly TextBuffer sdkName = new();
    private bool filled;

    public ReadOnlySpan<byte> Json => json.Written;

    public ReadOnlySpan<byte> ServiceName => serviceName.Written;

    public ReadOnlySpan<byte> Environment => environment.Written;

    public ReadOnlySpan<byte> SdkName => sdkName.Written;

    public void Reset() => filled = false;

    public void Use(in WireOrigin origin, AnyJson any)
    {
        if (filled && origin.Resource.SequenceEqual(resource.Written)) return;
        resource.Copy(origin.Resource);
        filled = true;
        serviceName.Clear();
        environment.Clear();
        sdkName.Clear();
        json.Clear();
        any.Map(json, origin.ResourceAttributes);
        foreach (var pair in origin.ResourceAttributes)
        {
            if (!any.TryText(pair.Key, pair.Value, out var text)) continue;
            if (pair.Key.SequenceEqual("service.name"u8)) serviceName.Copy(text);
            else if (pair.Key.SequenceEqual("telemetry.sdk.name"u8)) sdkName.Copy(text);
            else if (pair.Key.SequenceEqual("deployment.environment.name"u8)) environment.Copy(text);
            else if (pair.Key.SequenceEqual("deployment.environment"u8) && environment.Length == 0) environment.Copy(text);
        }
    }
}
