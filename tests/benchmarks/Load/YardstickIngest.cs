using System.Collections.Concurrent;
using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Traces;
using Plumbline.ObjectStore;
using Plumbline.Otlp;
using Plumbline.Otlp.Pricing;

namespace Plumbline.Benchmarks.Load;

/// <summary>Appends the body as it came to a group-committed log, and nothing else.</summary>
internal sealed class ReceiveIngest(IAppendObject log) : ITraceIngest
{
    public async ValueTask<IngestOutcome> IngestAsync(IngestRequest request, CancellationToken cancellationToken)
    {
        await log.AppendAsync([request.Body], CancellationToken.None);
        return new(IngestStatus.Accepted, 0, 0, []);
    }
}

/// <summary>Decodes and maps as the product does, appends the batch to a group-committed log, and forgets it: no grains, no head, no
/// blocks, nothing to query.</summary>
internal sealed class DiscardIngest(IAppendObject log, TimeProvider clock) : ITraceIngest
{
    private readonly ConcurrentBag<SpanMapper> _mappers = [];

    public async ValueTask<IngestOutcome> IngestAsync(IngestRequest request, CancellationToken cancellationToken)
    {
        var mapped = Map(request);
        await log.AppendAsync([mapped.Batch.Bytes], CancellationToken.None);
        return new(IngestStatus.Accepted, mapped.Accepted, mapped.Rejected, [.. mapped.Reasons]);
    }

    private MappedBatch Map(IngestRequest request)
    {
        if (!_mappers.TryTake(out var mapper)) mapper = new SpanMapper(new OtlpLimits());
        var settings = new MappingSettings
        {
            DefaultEnvironment = request.Environment,
            ReceivedUnixNano = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100,
            Prices = PriceTable.BuiltIn,
        };
        var mapped = mapper.MapTraces(request.Body.Span, request.Encoding == IngestEncoding.Json ? OtlpEncoding.Json : OtlpEncoding.Protobuf, settings);
        _mappers.Add(mapper);
        return mapped;
    }
}

/// <summary>Lets every key in.</summary>
internal sealed class EveryKey : ICredentials
{
    private static readonly Caller Known = new()
    {
        ApiKeyId = "bench",
        Project = new ProjectKey("bench", "bench"),
        Scopes = ImmutableArray.Create(ApiKeyScope.Ingest),
    };

    public ValueTask<Caller?> FromSessionAsync(string token, CancellationToken cancellationToken) => ValueTask.FromResult<Caller?>(null);

    public ValueTask<Caller?> FromApiKeyAsync(string secret, CancellationToken cancellationToken) => ValueTask.FromResult<Caller?>(Known);

    public ValueTask<bool> StillHoldsAsync(Caller caller, CancellationToken cancellationToken) => ValueTask.FromResult(true);
}
