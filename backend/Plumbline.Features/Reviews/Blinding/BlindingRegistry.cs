using Microsoft.Extensions.Caching.Memory;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Gathers what each person is blinded to from the queues of a project. Every call asks the queues; only what changed since is
/// sent and put together anew.</summary>
internal sealed class BlindingRegistry(IGrainFactory grains) : IBlinding, IDisposable
{
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 2_000_000 });

    public async ValueTask<BlindedSet> ForAsync(ProjectKey project, string? userId, CancellationToken cancellationToken)
    {
        if (userId is null) return BlindedSet.None;
        var queueIds = await grains.GetGrain<IReviewQueuesGrain>(project.ToString()).List();
        if (queueIds.IsEmpty) return BlindedSet.None;
        var known = _known.Get<PersonalBlinding>((project, userId)) ?? PersonalBlinding.Empty;
        var answers = await Task.WhenAll(queueIds.Select(async queueId =>
            (QueueId: queueId, Pending: await grains.GetGrain<IReviewQueueGrain>(project.Child(queueId)).GetPending(userId, known.VersionOf(queueId)))));
        cancellationToken.ThrowIfCancellationRequested();
        var changed = answers.Where(a => a.Pending is not null).ToDictionary(a => a.QueueId, a => a.Pending!, StringComparer.Ordinal);
        if (changed.Count == 0) return known.Set;
        var current = known.With(changed);
        _known.Set(
            (project, userId), current,
            new MemoryCacheEntryOptions { Size = 1 + current.Set.BlindedSpans.Count, SlidingExpiration = TimeSpan.FromMinutes(30) });
        return current.Set;
    }

    public void Dispose() => _known.Dispose();
}

/// <summary>What one person is known to be blinded to, queue by queue.</summary>
internal sealed class PersonalBlinding
{
    private readonly Dictionary<string, PendingSpans> _queues;

    private PersonalBlinding(Dictionary<string, PendingSpans> queues) => (_queues, Set) = (queues, Build(queues));

    public static PersonalBlinding Empty { get; } = new([]);

    public BlindedSet Set { get; }

    public long? VersionOf(string queueId) => _queues.TryGetValue(queueId, out var pending) ? pending.Version : null;

    public PersonalBlinding With(Dictionary<string, PendingSpans> changed)
    {
        var queues = new Dictionary<string, PendingSpans>(_queues, StringComparer.Ordinal);
        foreach (var (queueId, pending) in changed) queues[queueId] = pending;
        return new PersonalBlinding(queues);
    }

    private static BlindedSet Build(Dictionary<string, PendingSpans> queues)
    {
        if (queues.Values.All(q => q.Spans.IsEmpty)) return BlindedSet.None;
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var traces = new HashSet<string>(StringComparer.Ordinal);
        var spans = new HashSet<SpanReference>();
        foreach (var queue in queues.Values)
        {
            spans.UnionWith(queue.Spans);
            traces.UnionWith(queue.Spans.Select(s => s.TraceId));
            if (queue.HidesTraces) hidden.UnionWith(queue.Spans.Select(s => s.TraceId));
        }
        var version = string.Join(';', queues.OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}:{q.Value.Version}"));
        return new BlindedSet(version, hidden, traces, spans);
    }
}
