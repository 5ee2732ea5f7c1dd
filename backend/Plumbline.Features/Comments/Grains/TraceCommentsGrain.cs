using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Comments;
using Plumbline.Features.Comments.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Comments.Grains;

/// <summary>Keeps the comments on one trace.</summary>
[GrainType("comments")]
internal sealed class TraceCommentsGrain(
    [PersistentState("comments", "grains")] IPersistentState<CommentsState> stored, IOptions<CommentsOptions> options, TimeProvider clock)
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

    public Task<ImmutableArray<CommentView>> ListAsync() =>
        Task.FromResult<ImmutableArray<CommentView>>([.. stored.State.Comments.Where(c => c.ParentId is null).Select(View)]);

    public async Task<CommentView> AddAsync(NewComment comment)
    {
        if (DecideComment.WrittenBy(stored.State, comment.Request) is { } written) return View(written);
        var commentId = comment.Request?.Id ?? RandomId.New();
        var next = DecideComment.Add(stored.State, comment, commentId, options.Value, clock.GetUtcNow());
        if (stored.State.Comments.IsEmpty) await GrainFactory.GetGrain<ICommentedTracesGrain>(_project.ToString()).AddAsync(_traceId);
        await SaveAsync(next);
        return View(commentId);
    }

    public async Task<CommentView> EditAsync(string commentId, string body, string by)
    {
        await SaveAsync(DecideComment.Edit(stored.State, commentId, body, by, options.Value, clock.GetUtcNow()));
        return View(commentId);
    }

    public async Task<CommentView> ResolveAsync(string commentId)
    {
        await SaveAsync(DecideComment.Resolve(stored.State, commentId, clock.GetUtcNow()));
        return View(commentId);
    }

    public Task DeleteAsync(string commentId, string by, bool asModerator) => SaveAsync(DecideComment.Delete(stored.State, commentId, by, asModerator));

    public Task<CommentView?> FindAsync(string commentId) =>
        Task.FromResult(stored.State.Comments.FirstOrDefault(c => c.CommentId == commentId) is { } found ? View(found) : null);

    public async Task EraseAsync()
    {
        await stored.ClearStateAsync();
        stored.State = new();
        await GrainFactory.GetGrain<ICommentedTracesGrain>(_project.ToString()).RemoveAsync(_traceId);
    }

    private async Task SaveAsync(CommentsState next)
    {
        if (!ReferenceEquals(next, stored.State)) await stored.SaveAsync(next);
    }

    private CommentView View(string commentId) => View(DecideComment.Require(stored.State, commentId));

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
        Replies = [.. stored.State.Comments.Where(c => c.ParentId == comment.CommentId).Select(View)],
    };
}
