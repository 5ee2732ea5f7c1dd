using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Plumbline.Host.Telemetry;

/// <summary>Keeps attributes of spans that cannot hold a credential, a person's data or content, and takes all others off: paths hold tokens of links, keys of
/// grains hold hashes of API keys, messages of exceptions hold whatever was being handled. A list of what may pass: what a later version of a library adds
/// stays out until somebody has looked at it.</summary>
internal sealed class AllowedAttributes : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Allowed = FrozenSet.Create(StringComparer.Ordinal,
        "http.request.method", "http.request.resend_count", "http.response.status_code", "http.route",
        "url.scheme", "network.protocol.version", "server.address", "server.port", "user_agent.original",
        "error.type", "exception.type",
        "rpc.system.name", "rpc.method", "orleans.rpc.service", "orleans.grain.type", "orleans.activation.cause",
        "orleans.storage.provider", "orleans.storage.state.name", "orleans.storage.state.type");

    public override void OnEnd(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (var tag in data.TagObjects.ToArray())
        {
            if (!Allowed.Contains(tag.Key)) data.SetTag(tag.Key, null);
        }
        if (data.StatusDescription is not null) data.SetStatus(data.Status);
    }
}
