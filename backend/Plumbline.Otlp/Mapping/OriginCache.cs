using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>What a resource says, worked out once for all spans that share it.</summary>
internal sealed class OriginCache
{
    private readonly JsonOutput _json = new();
    private readonly TextBuffer _resource = new();
    private readonly TextBuffer _serviceName = new();
    private readonly TextBuffer _environment = new();
    private readonly TextBuffer _sdkName = new();
    private bool _filled;

    public ReadOnlySpan<byte> Json => _json.Written;

    public ReadOnlySpan<byte> ServiceName => _serviceName.Written;

    public ReadOnlySpan<byte> Environment => _environment.Written;

    public ReadOnlySpan<byte> SdkName => _sdkName.Written;

    public void Reset() => _filled = false;

    public void Use(in WireOrigin origin, AnyJson any)
    {
        if (_filled && origin.Resource.SequenceEqual(_resource.Written)) return;
        _resource.Copy(origin.Resource);
        _filled = true;
        _serviceName.Clear();
        _environment.Clear();
        _sdkName.Clear();
        _json.Clear();
        any.Map(_json, origin.ResourceAttributes);
        foreach (var pair in origin.ResourceAttributes)
        {
            if (!any.TryText(pair.Key, pair.Value, out var text)) continue;
            if (pair.Key.SequenceEqual("service.name"u8)) _serviceName.Copy(text);
            else if (pair.Key.SequenceEqual("telemetry.sdk.name"u8)) _sdkName.Copy(text);
            else if (pair.Key.SequenceEqual("deployment.environment.name"u8)) _environment.Copy(text);
            else if (pair.Key.SequenceEqual("deployment.environment"u8) && _environment.Length == 0) _environment.Copy(text);
        }
    }
}
