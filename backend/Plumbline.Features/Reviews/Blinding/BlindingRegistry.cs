using System.Collections.Immutable;
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
        var queueIds = await scope.Queues().ListAsync();
        if (queueIds.IsEmpty) return BlindedSet.None;
        var (project, viewer) = (scope.Project, scope.Viewer);
        var known = _known.Get<ViewerBlinding>((project, viewer)) ?? ViewerBlinding.Empty;
        known = known.Only(queueIds);
        var answers = await Task.WhenAll(queueIds.Select(async queueId =>
            (QueueId: queueId, Pending: await scope.Queue(queueId).GetPendingAsync(viewer.PersonId, known.VersionOf(queueId)))));
        cancellationToken.ThrowIfCancellationRequested();
        var changed = answers.Where(a => a.Pending is not null).ToDictionary(a => a.QueueId, a => a.Pending!, StringComparer.Ordinal);
        if (changed.Count == 0) return await StrictestAsync(scope, known);
        var current = known.With(changed);
        _known.Set(
            (project, viewer), current,
            new MemoryCacheEntryOptions { Size = 1 + current.Set.BlindedSpans.Count, SlidingExpiration = TimeSpan.FromMinutes(30) });
        return await StrictestAsync(scope, current);
    }

    /// <summary>What is blinded is as hidden as the strictest queue over the trace has it, also where that queue has decided on its item: else its
    /// decision would show by what is hidden no more.</summary>
    private static async ValueTask<BlindedSet> StrictestAsync(ProjectScope scope, ViewerBlinding known)
    {
        var set = known.Set;
        var stricter = new Dictionary<string, BlindingRules>(StringComparer.Ordinal);
        foreach (var (queueId, rules, traceIds) in known.Weaker)
            foreach (var traceId in await scope.Queue(queueId).WhichTracesAsync(traceIds)) stricter[traceId] = Current(traceId).Or(rules);
        return stricter.Count == 0 ? set : set.With(stricter);

        BlindingRules Current(string traceId) => stricter.TryGetValue(traceId, out var raised) ? raised : set.RulesFor(traceId)!;
    }

    public void Dispose() => _known.Dispose();
}

/// <summary>What one viewer is known to be blinded to, queue by queue.</summary>
internal sealed class ViewerBlinding
{
    private readonly Dictionary<string, PendingSpans> _queues;

    private ViewerBlinding(Dictionary<string, PendingSpans> queues)
    {
        (_queues, Set) = (queues, Build(queues));
        Weaker = [.. queues.Select(q => (q.Key, q.Value.Rules, WeakerThan(q.Value.Rules))).Where(w => !w.Item3.IsEmpty)];
    }

    public static ViewerBlinding Empty { get; } = new([]);

    public BlindedSet Set { get; }

    /// <summary>The blinded traces of which a queue hides more, if it holds them, than is hidden of them so far. Worked out once: each call asks.</summary>
    public ImmutableArray<(string QueueId, BlindingRules Rules, ImmutableArray<string> TraceIds)> Weaker { get; }

    public long? VersionOf(string queueId) => _queues.TryGetValue(queueId, out var pending) ? pending.Version : null;

    /// <summary>The same without what was known of queues that are gone.</summary>
    public ViewerBlinding Only(ImmutableArray<string> queueIds) => _queues.Keys.All(queueIds.Contains)
        ? this
        : new ViewerBlinding(_queues.Where(q => queueIds.Contains(q.Key)).ToDictionary(StringComparer.Ordinal));

    public ViewerBlinding With(Dictionary<string, PendingSpans> changed)
    {
        var queues = new Dictionary<string, PendingSpans>(_queues, StringComparer.Ordinal);
        foreach (var (queueId, pending) in changed) queues[queueId] = pending;
        return new ViewerBlinding(queues);
    }

    private ImmutableArray<string> WeakerThan(BlindingRules rules) =>
        [.. Set.BlindedTraceIds.Where(id => Set.RulesFor(id) is { } hidden && hidden.Or(rules) != hidden)];

    private static BlindedSet Build(Dictionary<string, PendingSpans> queues)
    {
        if (queues.Values.All(q => q.Spans.IsEmpty)) return BlindedSet.None;
        var rules = new Dictionary<string, BlindingRules>(StringComparer.Ordinal);
        var spans = new HashSet<SpanReference>();
        foreach (var queue in queues.Values)
        {
            spans.UnionWith(queue.Spans);
            foreach (var span in queue.Spans) rules[span.TraceId] = rules.TryGetValue(span.TraceId, out var known) ? known.Or(queue.Rules) : queue.Rules;
        }
        var hidden = rules.Where(r => r.Value.HidesTraces).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        var traces = rules.Keys.ToHashSet(StringComparer.Ordinal);
        var version = string.Join(';', queues.OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}:{q.Value.Version}"));
        return new BlindedSet(version, hidden, rules, traces, spans);
    }
}
