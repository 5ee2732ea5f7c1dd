using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Comments;
using Plumbline.Features.Comments.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Comments;

/// <summary>Keeps the comments on one trace.</summary>
[GrainType("comments")]
internal sealed class TraceCommentsGrain(
    [PersistentState("comments", "grains")] IPersistentState<CommentsState> state, IOptions<CommentsOptions> options, TimeProvider clock)
    : Grain, ITraceCommentsGrain
{
    private ProjectKey _project;
    private string _traceId = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _traceId) = ProjectKey.TrySplit(this.GetPrimaryKeyString(), out var project, out var traceId)
            ? (project, traceId)
            : throw Failure.NotFound();
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<CommentView>> List() =>
        Task.FromResult<ImmutableArray<CommentView>>([.. state.State.Comments.Where(c => c.ParentId is null).Select(View)]);

    public async Task<CommentView> Add(NewComment comment)
    {
        if (DecideComment.WrittenBy(state.State, comment.Request) is { } written) return View(written);
        var commentId = comment.Request?.Id ?? RandomId.New();
        var next = DecideComment.Add(state.State, comment, commentId, options.Value, clock.GetUtcNow());
        if (state.State.Comments.IsEmpty) await GrainFactory.GetGrain<ICommentedTracesGrain>(_project.ToString()).Add(_traceId);
        await SaveAsync(next);
        return View(commentId);
    }

    public async Task<CommentView> Edit(string commentId, string body, string by)
    {
        await SaveAsync(DecideComment.Edit(state.State, commentId, body, by, options.Value, clock.GetUtcNow()));
        return View(commentId);
    }

    public async Task<CommentView> Resolve(string commentId)
    {
        await SaveAsync(DecideComment.Resolve(state.State, commentId, clock.GetUtcNow()));
        return View(commentId);
    }

    public Task Delete(string commentId, string by, bool asModerator) => SaveAsync(DecideComment.Delete(state.State, commentId, by, asModerator));

    public Task<CommentView?> Find(string commentId) =>
        Task.FromResult(state.State.Comments.FirstOrDefault(c => c.CommentId == commentId) is { } found ? View(found) : null);

    public async Task Erase()
    {
        await state.ClearStateAsync();
        state.State = new();
        await GrainFactory.GetGrain<ICommentedTracesGrain>(_project.ToString()).Remove(_traceId);
    }

    private async Task SaveAsync(CommentsState next)
    {
        if (!ReferenceEquals(next, state.State)) await state.SaveAsync(next);
    }

    private CommentView View(string commentId) => View(DecideComment.Require(state.State, commentId));

    private CommentView View(StoredComment comment) => new()
    {
        Project = _project,
        TraceId = _traceId,
        CommentId = comment.CommentId,
        ParentCommentId = comment.ParentId,
        OfSpanId = comment.SpanId,
        AuthorId = comment.AuthorId,
        Body = comment.Body,
        CreatedAt = comment.CreatedAt,
        EditedAt = comment.EditedAt,
        ResolvedAt = comment.ResolvedAt,
        Replies = [.. state.State.Comments.Where(c => c.ParentId == comment.CommentId).Select(View)],
    };
}
