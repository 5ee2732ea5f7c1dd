using System.Diagnostics;
using OpenTelemetry;

namespace Plumbline.Host.Telemetry;

/// <summary>Decides what is traced: requests, but for telemetry and probes, and whatever is done for a request that is. A server that sends its spans to itself
/// would else write new ones about each that it takes.</summary>
internal sealed class TracedRequests : BaseProcessor<Activity>
{
    private const string Requests = "Microsoft.AspNetCore";
    private const string Grains = "Microsoft.Orleans.";
    private const string Unrecorded = "-00"; // the flags at the end of a parent's id, https://www.w3.org/TR/trace-context/#trace-flags

    private static readonly string[] Untraced = ["/v1/", "/opentelemetry.proto.collector.", "/healthz/", "/metrics"];

    /// <summary>Whether a request is traced.</summary>
    public static bool Includes(HttpContext http) => !Array.Exists(Untraced, path => http.Request.Path.Value!.StartsWith(path, StringComparison.Ordinal));

    /// <summary>Takes out work for what is not traced. A grain call without a parent serves such a request, or a timer.</summary>
    public override void OnStart(Activity data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Source.Name == Requests || IsPartOfSomethingTraced(data)) return;
        data.IsAllDataRequested = false;
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    private static bool IsPartOfSomethingTraced(Activity data) => data.ParentId is { } parent
        ? !parent.EndsWith(Unrecorded, StringComparison.Ordinal)
        : !data.Source.Name.StartsWith(Grains, StringComparison.Ordinal);
}
