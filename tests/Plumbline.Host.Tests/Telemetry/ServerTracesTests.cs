using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using Plumbline.Host.Configuration;
using Plumbline.Host.Telemetry;

namespace Plumbline.Host.Tests.Telemetry;

/// <summary>What of the sources' activities becomes a span, and what is left of it. The sources have the names of the real ones.</summary>
[Collection(nameof(ServerTracesTests))]
public sealed class ServerTracesTests : IDisposable
{
    private static readonly ActivitySource Requests = new("Microsoft.AspNetCore");
    private static readonly ActivitySource Grains = new("Microsoft.Orleans.Application");
    private readonly List<Activity> _exported = [];
    private readonly TracerProvider _provider;

    public ServerTracesTests()
    {
        var builder = Sdk.CreateTracerProviderBuilder();
        var nowhere = new OtlpTarget("X", new Uri("http://127.0.0.1:1/v1/traces"), OtlpExportProtocol.HttpProtobuf) { TimeoutMilliseconds = 1 };
        ServerTraces.Configure(builder, nowhere);
        _provider = builder.SetSampler(new AlwaysOnSampler()).AddProcessor(new SimpleActivityExportProcessor(new Kept(_exported))).Build();
    }

    public void Dispose() => _provider.Dispose();

    [Fact]
    public void GrainCall_OfATracedRequest_IsTraced_AcrossTheRuntime()
    {
        using (var request = Requests.StartActivity("GET /graphql", ActivityKind.Server))
        {
            string carried;
            using (var call = Grains.StartActivity("IQueueGrain/Get", ActivityKind.Client)) carried = call!.Id!;
            Activity.Current = null;
            using var served = Grains.StartActivity("IQueueGrain/Get", ActivityKind.Server, ActivityContext.Parse(carried, null));
            using var further = Grains.StartActivity("IStateGrain/Get", ActivityKind.Client);
        }
        Assert.Equal(4, _exported.Count);
    }

    [Fact]
    public void GrainCall_OfATimerOrAnUntracedRequest_IsNot()
    {
        using (var timer = Grains.StartActivity("IQueueGrain/Tick", ActivityKind.Server))
        using (var further = Grains.StartActivity("IStateGrain/Get", ActivityKind.Client))
            Assert.False(further!.Recorded);
        using (var request = Requests.StartActivity("POST /v1/traces", ActivityKind.Server))
        {
            (request!.IsAllDataRequested, request.ActivityTraceFlags) = (false, ActivityTraceFlags.None); // as the filter of requests does
            using var call = Grains.StartActivity("ITraceShardGrain/Append", ActivityKind.Client);
        }
        Assert.Empty(_exported);
    }

    [Fact]
    public void Attributes_ThatMayHoldSecretsOrContent_AreTakenOff()
    {
        using (var request = Requests.StartActivity("GET /signin/link/{token}", ActivityKind.Server))
        {
            request!.SetTag("http.route", "/signin/link/{token}").SetTag("http.response.status_code", 500);
            request.SetTag("server.address", "plumbline.example").SetTag("error.type", "System.IO.IOException");
            string[] secret =
                [
                    "url.path", "url.query", "url.full", "orleans.grain.id", "orleans.rpc.target_id", "exception.message",
                    "exception.stacktrace", "later.addition"
                ];
            foreach (var key in secret) request.SetTag(key, "secret");
            request.SetStatus(ActivityStatusCode.Error, "secret");
        }
        var span = Assert.Single(_exported);
        Assert.Equal(["error.type", "http.response.status_code", "http.route", "server.address"], span.TagObjects.Select(t => t.Key).Order());
        Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription));
    }

    private sealed class Kept(List<Activity> into) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var activity in batch) into.Add(activity);
            return ExportResult.Success;
        }
    }
}
