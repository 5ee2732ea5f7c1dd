using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.GraphQL;

namespace Plumbline.Features.Traces.Api;

[ResolversFor("Trace")]
internal sealed class TraceResolvers
{
    public Timestamp StartTime([Parent] TraceView trace) => new(trace.StartUnixNano);

    public async Task<string?> InputPreview([Parent] TraceView trace, SeenLoader seen)
    {
        if (trace.InputPreview is not null) await seen.ListAsync(trace.Project, trace.TraceId);
        return trace.InputPreview;
    }

    public async Task<string?> OutputPreview([Parent] TraceView trace, SeenLoader seen)
    {
        if (trace.OutputPreview is not null) await seen.ListAsync(trace.Project, trace.TraceId);
        return trace.OutputPreview;
    }

    public async Task<SpanView?> Root([Parent] TraceView trace, TraceLoader traces, SeenLoader seen) => TraceRoot.Of(await Spans(trace, traces, seen));

    public async Task<IReadOnlyList<SpanView>> Spans([Parent] TraceView trace, TraceLoader traces, SeenLoader seen)
    {
        var recorded = seen.ListAsync(trace.Project, trace.TraceId);
        var detail = await traces.LoadAsync(trace);
        await recorded;
        return Show(trace, detail);
    }

    /// <summary>The versions of prompts kept here that made this trace, in the order of their first use.</summary>
    public async Task<IReadOnlyList<PromptVersionView>> PromptVersions([Parent] TraceView trace, TraceLoader traces, PromptVersionLoader versions)
    {
        var used = Show(trace, await traces.LoadAsync(trace.Project, trace.TraceId)).Select(s => (s.PromptName, s.PromptVersion)).Distinct();
        var found = await Task.WhenAll(used.Select(u => versions.FindAsync(trace.Project, u.PromptName, u.PromptVersion)));
        return [.. found.OfType<PromptVersionView>()];
    }

    /// <summary>The spans as whoever sees the trace like this may see them.</summary>
    public static IReadOnlyList<SpanView> Show(TraceView trace, TraceDetail? detail)
    {
        if (detail is null) return [];
        return trace.ContentHidden ? [.. detail.Spans.Select(ContentRedaction.Of)] : detail.Spans;
    }
}

[ResolversFor("Session")]
internal sealed class SessionResolvers
{
    public Timestamp FirstSeen([Parent] SessionView session) => new(session.FirstSeenUnixNano);

    public Timestamp LastSeen([Parent] SessionView session) => new(session.LastSeenUnixNano);

    /// <summary>The session's traces, oldest first.</summary>
    public async Task<IReadOnlyList<TraceView>> Traces([Parent] SessionView session, SessionTraceLoader traces, SeenLoader seen)
    {
        var found = await traces.LoadAsync((session.Project, session.SessionId)) ?? [];
        await Task.WhenAll(found.Select(t => seen.OpenAsync(t.Project, t.TraceId)));
        return found;
    }
}

/// <summary>Traces by <c>node(id)</c>.</summary>
internal sealed class TraceNode(ReadingGate gate, TraceOpening opening) : INodeResolver
{
    public string Kind => NodeKinds.Trace;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken) =>
        TraceKey.Read(key) is var (project, traceId)
            ? (await opening.OpenAsync(await gate.EnterAsync(project, caller, cancellationToken), traceId, cancellationToken))?.Trace
            : null;
}

/// <summary>Spans by <c>node(id)</c>.</summary>
internal sealed class SpanNode(ReadingGate gate, TraceOpening opening) : INodeResolver
{
    public string Kind => NodeKinds.Span;

    public async ValueTask<object?> ResolveAsync(string key, Caller caller, CancellationToken cancellationToken)
    {
        if (SpanKey.Read(key) is not { } id) return null;
        var (project, traceId, spanId) = id;
        var opened = await opening.OpenAsync(await gate.EnterAsync(project, caller, cancellationToken), traceId, cancellationToken);
        return opened?.Spans.FirstOrDefault(s => s.SpanId == spanId);
    }
}
