using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Grains;
using Plumbline.Features.Traces.Shards;
using Plumbline.Otlp;
using Plumbline.Otlp.Redaction;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Ingestion;

/// <summary>Decodes requests, hands their spans to the shards, and waits until all of them are stored.</summary>
internal sealed class TraceIngest(
    ShardMap shards, MappingSource mappings, IngestPlaces places, RedactionTurns turns, IngestMetrics metrics, TimeProvider clock,
    IOptions<TracesOptions> options) : ITraceIngest
{
    private readonly ConcurrentBag<SpanMapper> mappers = [];

    public async ValueTask<IngestOutcome> IngestAsync(IngestRequest request, CancellationToken cancellationToken)
    {
        if (!places.TryEnter(request.Project))
            return Nothing(
                request, IngestStatus.Overloaded, IngestMetrics.TooManyRequests,
                "Too many requests are being stored. Send this one again in a moment.");
        try
        {
            var settings = await mappings.ForAsync(request.Project, request.Environment, cancellationToken);
            return await MapAsync(request, settings, cancellationToken) is { } mapped
                ? await StoreAsync(request, mapped)
                : Nothing(
                    request, IngestStatus.Overloaded, IngestMetrics.TooManyRequests,
                    "Too many requests of this project wait for its redaction rules. Send this one again in a moment.");
        }
        catch (Exception e) when (Failure.In(e) is { IsRetryable: true } refused)
        {
            return Nothing(request, IngestStatus.Unavailable, IngestMetrics.StorageUnavailable, refused.Message);
        }
        catch (RedactionTooLongException e)
        {
            return Nothing(request, IngestStatus.TooExpensive, IngestMetrics.RedactionTooLong, e.Message);
        }
        catch (OtlpFormatException e)
        {
            return Nothing(request, IngestStatus.Malformed, IngestMetrics.Malformed, e.Message);
        }
        finally
        {
            places.Leave(request.Project);
        }
    }

    private async ValueTask<MappedBatch?> MapAsync(IngestRequest request, MappingSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Redactor is not Redactor rules) return Map(request, settings);
        using var turn = await turns.TryEnterAsync(request.Project, cancellationToken);
        return turn is null ? null : Map(request, settings with { Redactor = rules.Within(new RedactionBudget(options.Value.MaxRedactionTime, clock)) });
    }

    private MappedBatch Map(IngestRequest request, MappingSettings settings)
    {
        if (!mappers.TryTake(out var mapper)) mapper = new SpanMapper(options.Value.Otlp);
        var encoding = request.Encoding == IngestEncoding.Json ? OtlpEncoding.Json : OtlpEncoding.Protobuf;
        try
        {
            return request.Signal == IngestSignal.Traces
                ? mapper.MapTraces(request.Body.Span, encoding, settings)
                : mapper.MapLogs(request.Body.Span, encoding, settings);
        }
        finally
        {
            mappers.Add(mapper);
        }
    }

    private async ValueTask<IngestOutcome> StoreAsync(IngestRequest request, MappedBatch mapped)
    {
        if (mapped.Batch.Count > 0)
        {
            var outcomes = await Task.WhenAll(Split(mapped.Batch).Select(part =>
                AppendAsync(shards.Shard(request.Project, part.Shard), request.Signal, part.Batch)));
            if (outcomes.Contains(AppendOutcome.Unavailable))
                return Nothing(
                    request, IngestStatus.Unavailable, IngestMetrics.StorageUnavailable,
                    "The server cannot write to its data folder now; its log says why. Send this again later.");
            if (outcomes.Contains(AppendOutcome.Overloaded))
                return Nothing(request, IngestStatus.Overloaded, IngestMetrics.QueueFull, "Too much is waiting to be stored. Send this again in a moment.");
        }
        metrics.Accepted(request, mapped.Accepted, mapped.Rejected);
        return new(IngestStatus.Accepted, mapped.Accepted, mapped.Rejected, [.. mapped.Reasons]);
    }

    private static async Task<AppendOutcome> AppendAsync(ITraceShardGrain shard, IngestSignal signal, SpanBatch batch)
    {
        try
        {
            return await (signal == IngestSignal.Traces ? shard.AppendAsync(batch.Bytes) : shard.AppendEventsAsync(batch.Bytes));
        }
        catch (Exception e) when (Failure.In(e) is { IsRetryable: true })
        {
            return AppendOutcome.Unavailable; // the shard could not be opened; it is tried again with the next batch
        }
    }

    private (int Shard, SpanBatch Batch)[] Split(SpanBatch batch)
    {
        if (shards.Count == 1) return [(0, batch)];
        var writers = new SpanBatchWriter?[shards.Count];
        foreach (var span in batch) (writers[shards.IndexOf(span.TraceId)] ??= new SpanBatchWriter()).Add(span);
        return [.. writers.Index().Where(w => w.Item is not null).Select(w => (w.Index, w.Item!.ToBatch()))];
    }

    private IngestOutcome Nothing(IngestRequest request, IngestStatus status, string errorType, string reason)
    {
        metrics.Refused(request.Signal, errorType);
        return new(status, 0, 0, ImmutableArray.Create(reason));
    }
}
