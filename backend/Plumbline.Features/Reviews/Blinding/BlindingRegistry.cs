using Microsoft.Extensions.Caching.Memory;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Blinding;

/// <summary>Gathers what each viewer is blinded to from the queues of a project. Every call asks the queues; only what changed since is
/// sent and put together anew.</summary>
internal sealed class BlindingRegistry : IBlinding, IDisposable
{
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 2_000_000 });

    public async ValueTask<BlindedSet> ForAsync(ProjectScope scope, CancellationToken cancellationToken)
    {
        var queueIds = await scope.Queues().List();
        if (queueIds.IsEmpty) return BlindedSet.None;
        var (project, viewer) = (scope.Project, scope.Viewer);
        var known = _known.Get<ViewerBlinding>((project, viewer)) ?? ViewerBlinding.Empty;
        var answers = await Task.WhenAll(queueIds.Select(async queueId =>
            (QueueId: queueId, Pending: await scope.Queue(queueId).GetPending(viewer.PersonId, known.VersionOf(queueId)))));
        cancellationToken.ThrowIfCancellationRequested();
        var changed = answers.Where(a => a.Pending is not null).ToDictionary(a => a.QueueId, a => a.Pending!, StringComparer.Ordinal);
        if (changed.Count == 0) return known.Set;
        var current = known.With(changed);
        _known.Set(
            (project, viewer), current,
            new MemoryCacheEntryOptions { Size = 1 + current.Set.BlindedSpans.Count, SlidingExpiration = TimeSpan.FromMinutes(30) });
        return current.Set;
    }

    public void Dispose() => _known.Dispose();
}

/// <summary>What one viewer is known to be blinded to, queue by queue.</summary>
internal sealed class ViewerBlinding
{
    private readonly Dictionary<string, PendingSpans> _queues;

    private ViewerBlinding(Dictionary<string, PendingSpans> queues) => (_queues, Set) = (queues, Build(queues));

    public static ViewerBlinding Empty { get; } = new([]);

    public BlindedSet Set { get; }

    public long? VersionOf(string queueId) => _queues.TryGetValue(queueId, out var pending) ? pending.Version : null;

    public ViewerBlinding With(Dictionary<string, PendingSpans> changed)
    {
        var queues = new Dictionary<string, PendingSpans>(_queues, StringComparer.Ordinal);
        foreach (var (queueId, pending) in changed) queues[queueId] = pending;
        return new ViewerBlinding(queues);
    }

    private static BlindedSet Build(Dictionary<string, PendingSpans> queues)
    {
        if (queues.Values.All(q => q.Spans.IsEmpty)) return BlindedSet.None;
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        var traces = new HashSet<string>(StringComparer.Ordinal);
        var spans = new HashSet<SpanReference>();
        var rules = new Dictionary<string, BlindingRules>(StringComparer.Ordinal);
        foreach (var queue in queues.Values)
        {
            foreach (var span in queue.Spans)
                rules[span.TraceId] = rules.TryGetValue(span.TraceId, out var others) ? others.And(queue.Rules) : queue.Rules;
            spans.UnionWith(queue.Spans);
            traces.UnionWith(queue.Spans.Select(s => s.TraceId));
            if (queue.HidesTraces) hidden.UnionWith(queue.Spans.Select(s => s.TraceId));
        }
        var version = string.Join(';', queues.OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}:{q.Value.Version}"));
        return new BlindedSet(version, hidden, traces, spans) { Rules = rules };
    }
}
