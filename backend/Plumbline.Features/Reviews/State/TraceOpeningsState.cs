using System.Collections.Immutable;
using Plumbline.Contracts.Reviews;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Reviews.State;

/// <summary>That traces were seen, together. Earlier builds wrote one opened trace alone, without the time.</summary>
internal sealed record TraceOpened
{
    public string? TraceId { get; init; }

    public ImmutableArray<string> Opened { get; init; } = [];

    public ImmutableArray<string> Listed { get; init; } = [];

    public DateTimeOffset At { get; init; }
}

/// <summary>Traces that were seen first at one time.</summary>
internal sealed record SeenTogether(DateTimeOffset At, ImmutableArray<string> TraceIds);

/// <summary>The traces a person has seen, those seen longest ago forgotten beyond <see cref="Most"/>; until when that is so is known.</summary>
internal sealed class TraceOpeningsState : IJournaledState<TraceOpened>
{
    public const int Most = 50_000;

    /// <summary>Those that were opened, and not just listed.</summary>
    public HashSet<string> Opened { get; set; } = [];

    public HashSet<string> Listed { get; set; } = [];

    /// <summary>From earlier builds: opened traces in order, without times.</summary>
    public Queue<string> Order { get; set; } = [];

    /// <summary>The others, in order.</summary>
    public Queue<SeenTogether> Seen { get; set; } = [];

    /// <summary>What was seen up to then may have been forgotten.</summary>
    public DateTimeOffset? ForgottenUntil { get; set; }

    public SeenKind? Find(string traceId) => Opened.Contains(traceId) ? SeenKind.Opened : Listed.Contains(traceId) ? SeenKind.Listed : null;

    public void Apply(TraceOpened happened)
    {
        if (happened.TraceId is { } alone && Find(alone) is null) Order.Enqueue(alone);
        if (happened.TraceId is { } opened) Opened.Add(opened);
        var fresh = happened.Opened.Concat(happened.Listed).Where(id => Find(id) is null).ToImmutableArray();
        if (!fresh.IsEmpty) Seen.Enqueue(new SeenTogether(happened.At, fresh));
        Listed.UnionWith(happened.Listed.Where(id => !Opened.Contains(id)));
        Opened.UnionWith(happened.Opened);
        Listed.ExceptWith(happened.Opened);
        while (Opened.Count + Listed.Count > Most) Forget(happened.At);
    }

    private void Forget(DateTimeOffset now)
    {
        if (Order.TryDequeue(out var alone))
        {
            // Seen before any of those whose time is known.
            Forget(alone, Seen.TryPeek(out var first) ? first.At : now);
            return;
        }
        var oldest = Seen.Dequeue();
        foreach (var id in oldest.TraceIds) Forget(id, oldest.At);
    }

    private void Forget(string traceId, DateTimeOffset seenBy)
    {
        Opened.Remove(traceId);
        Listed.Remove(traceId);
        if (ForgottenUntil is not { } until || until < seenBy) ForgottenUntil = seenBy;
    }
}
