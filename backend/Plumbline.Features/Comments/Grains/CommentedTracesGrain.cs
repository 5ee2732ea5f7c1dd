using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Plumbline.Contracts.Comments;
using Plumbline.Features.Grains;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Comments.Grains;

/// <summary>Keeps the ids of commented traces in a journal: one short entry for a trace, however many there are.</summary>
[GrainType("commented")]
internal sealed class CommentedTracesGrain(IObjectStore store)
    : JournaledGrain<CommentedTraces, CommentedEvent>(store, "journals/commented"), ICommentedTracesGrain
{
    public Task AddAsync(string traceId) => State.TraceIds.Contains(traceId) ? Task.CompletedTask : WriteAsync([new TraceCommented(traceId)]);

    public Task RemoveAsync(string traceId) => State.TraceIds.Contains(traceId) ? WriteAsync([new CommentsErased(traceId)]) : Task.CompletedTask;

    public Task<ImmutableArray<string>> ListAsync() => Task.FromResult<ImmutableArray<string>>([.. State.TraceIds]);
}

internal sealed class CommentedTraces : IJournaledState<CommentedEvent>
{
    public HashSet<string> TraceIds { get; set; } = new(StringComparer.Ordinal);

    public void Apply(CommentedEvent happened)
    {
        if (happened is TraceCommented) TraceIds.Add(happened.TraceId);
        else TraceIds.Remove(happened.TraceId);
    }
}

/// <summary>Written to the journal: the names below and their members stay readable for ever.</summary>
[JsonDerivedType(typeof(TraceCommented), "commented")]
[JsonDerivedType(typeof(CommentsErased), "erased")]
internal abstract record CommentedEvent(string TraceId);

internal sealed record TraceCommented(string TraceId) : CommentedEvent(TraceId);

internal sealed record CommentsErased(string TraceId) : CommentedEvent(TraceId);
