using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Grains;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Requests;
using Plumbline.Features.Reviews.Agreement;
using Plumbline.Features.Reviews.State;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Reviews.Grains;

/// <summary>Keeps one queue: asks the Decide classes, writes the events to its journal, answers. One call at a time changes it, so a slot
/// is never given twice.</summary>
[GrainType("reviewqueue")]
internal sealed class ReviewQueueGrain(IObjectStore store, IOptions<ReviewsOptions> options, TimeProvider clock)
    : ErasableJournaledGrain<ReviewQueueState, ReviewQueueEvent>(store, "journals/reviewqueue"), IReviewQueueGrain
{
    private readonly HashSet<Channel<ReviewProgress>> _watchers = [];
    private ProjectKey _project;
    private string _queueId = "";

    private DateTimeOffset Now => clock.GetUtcNow();

    private DateTimeOffset UndoableSince => options.Value.UndoableSince(Now);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _queueId) = QueueKey.Read(this.GetPrimaryKeyString()) ?? throw Failure.NotFound();
        await base.OnActivateAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Not an end: whoever watches goes on with the next activation.
        foreach (var watcher in _watchers) watcher.Writer.TryComplete(new EnumerationAbortedException("The queue is opened elsewhere."));
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<ReviewQueueView> CreateAsync(NewReviewQueue queue)
    {
        if (State.Exists && queue.Request is { } request) request.RequireSame(State.RequestContent);
        else await WriteAsync([DecideSetup.Create(State, queue, options.Value, Now)]);
        return View();
    }

    public async Task<ReviewQueueView> ChangeAsync(ReviewQueueChange change)
    {
        var before = State.Reviewers.ToImmutableArray();
        await WriteAsync([DecideSetup.Change(State, change, options.Value, Now)]);
        return View() with { ReviewerIdsBefore = before };
    }

    public async Task<ReviewQueueView> JoinAsync(string userId)
    {
        await WriteAsync(DecideSetup.Join(State, userId, options.Value, Now));
        return View() with { Moves = State.Moves.GetValueOrDefault(userId) };
    }

    public async Task<ReviewQueueView> LeaveAsync(string userId)
    {
        await WriteAsync(DecideSetup.Leave(State, userId, Now));
        return View() with { Moves = State.Moves.GetValueOrDefault(userId) };
    }

    public async Task<ReviewQueueView> CloseAsync(string by)
    {
        await WriteAsync(DecideSetup.Close(State, by, Now));
        return View();
    }

    public Task<ReviewQueueView> GetAsync() => Task.FromResult(View());

    public async Task<AddedItems> AddAsync(ImmutableArray<NewReviewItem> items, string by, RequestKey? request = null)
    {
        var known = items.Where(i => i.Golden is not null).Select(i => i.Span.TraceId).ToImmutableArray();
        if (AnsweredRequest.Find(State.Requests, request) is { } before)
        {
            await GiveAsync(known);
            return new AddedItems(View(), before.Added, before.Duplicates);
        }
        var (events, added, duplicates) = DecideSetup.Add(State, items, by, options.Value, Now, request);
        await WriteAsync(events);
        await GiveAsync(known);
        return new AddedItems(View(), added, duplicates);
    }

    // What is right was said of an output as it is.
    private Task GiveAsync(ImmutableArray<string> traceIds) =>
        traceIds.IsEmpty ? Task.CompletedTask : GrainFactory.GetGrain<IReviewQueuesGrain>(_project.ToString()).GiveAsync(traceIds);

    public async Task<AssignmentView?> ClaimAsync(string reviewerId)
    {
        await WriteAsync(DecideClaim.Claim(State, reviewerId, Now));
        return State.Index.Held.GetValueOrDefault(reviewerId) is { } held && held.HoldsSlot(Now) && !State.IsClosed ? View(held) : null;
    }

    public Task<AssignmentView?> GetAssignmentAsync(string assignmentId, string reviewerId)
    {
        DecideSetup.RequireExists(State);
        var found = State.Index.Assignment(assignmentId);
        return Task.FromResult(found?.ReviewerId == reviewerId && found.State == AssignmentState.Open && !State.IsClosed ? View(found) : null);
    }

    public Task<SpanReference?> SpanOfAsync(string assignmentId, string reviewerId)
    {
        DecideSetup.RequireExists(State);
        var found = State.Index.Assignment(assignmentId);
        return Task.FromResult<SpanReference?>(found?.ReviewerId == reviewerId ? State.Index.Item(found.ItemId)!.Span : null);
    }

    public Task<string?> ItemOfAsync(string assignmentId, string reviewerId)
    {
        DecideSetup.RequireExists(State);
        var found = State.Index.Assignment(assignmentId);
        return Task.FromResult(found?.ReviewerId == reviewerId ? found.ItemId : null);
    }

    public async Task<ReviewView> SubmitAsync(SubmittedReview review)
    {
        await WriteAsync(DecideReview.Submit(State, review, options.Value, Now));
        return OwnView(State.Index.Assignment(review.AssignmentId)!.ReviewId!);
    }

    public Task SkipAsync(string assignmentId, string reviewerId, string? reason) =>
        WriteAsync(DecideReview.Skip(State, assignmentId, reviewerId, reason, options.Value, Now));

    public async Task<AssignmentView> UndoAsync(string reviewId, string reviewerId)
    {
        if (DecideReview.TurnAfterUndo(State, reviewId, reviewerId) is { } turn) return View(turn);
        var undone = DecideReview.Undo(State, reviewId, reviewerId, options.Value, Now);
        await WriteAsync([undone]);
        return View(State.Index.Assignment(undone.AssignmentId)!);
    }

    public async Task<ReviewView> WaiveUndoAsync(string reviewId, string reviewerId)
    {
        await WriteAsync(DecideReview.WaiveUndo(State, reviewId, reviewerId, options.Value, Now));
        return OwnView(reviewId);
    }

    public async Task<ReviewView> ReviseAsync(RevisedReview review)
    {
        await WriteAsync(DecideReview.Revise(State, review, options.Value, Now));
        return OwnView(review.ReviewId);
    }

    public async Task<ReviewItemView> AdjudicateAsync(Adjudication adjudication)
    {
        await WriteAsync(DecideItem.Adjudicate(State, adjudication, options.Value, Now));
        return View(State.Index.Item(adjudication.ItemId)!, new QueueViewer(adjudication.AdjudicatorId, MayAdjudicate: true));
    }

    public async Task<ReviewItemView> RequestExtraReviewAsync(string itemId, string by)
    {
        await WriteAsync(DecideItem.RequestExtraReview(State, itemId, by, options.Value, Now));
        return View(State.Index.Item(itemId)!, new QueueViewer(by, MayAdjudicate: true));
    }

    public async Task<ReviewItemView> RevealAsync(string itemId, string userId)
    {
        await WriteAsync(DecideItem.Reveal(State, itemId, userId, Now));
        return View(State.Index.Item(itemId)!, new QueueViewer(userId, MayAdjudicate: false));
    }

    public async Task<int> EraseAsync(ImmutableArray<string> traceIds)
    {
        var erased = DecideItem.Erase(State, traceIds, Now);
        await WriteAsync(erased);
        await PurgeAsync();
        return erased.Sum(e => e.ItemIds.Length);
    }

    public async Task<ReviewQueueView> DeleteAsync(string by)
    {
        await WriteAsync(DecideSetup.Delete(State, by, Now));
        await PurgeAsync();
        return QueueProjection.Queue(State, _project, _queueId);
    }

    public Task<ReviewItemView> GetItemAsync(string itemId, QueueViewer viewer)
    {
        DecideSetup.RequireExists(State);
        var item = State.Index.Item(itemId) ?? throw Failure.NotFound();
        QueueProjection.RequireUnblinded(State, item, viewer.UserId, UndoableSince);
        return Task.FromResult(View(item, viewer));
    }

    public Task<string?> TraceOfAsync(string itemId) => Task.FromResult(State.Index.Item(itemId)?.Span.TraceId);

    public Task<ReviewItemPage> GetItemsAsync(QueueViewer viewer, int first, string? afterItemId, ReviewItemState? state)
    {
        DecideSetup.RequireExists(State);
        QueueProjection.RequireNoOpenWork(State, viewer.UserId, UndoableSince);
        var now = Now;
        var from = afterItemId is null
            ? 0
            : (State.Index.Item(afterItemId)?.Position + 1 ?? throw Failure.BadInput("The cursor is none of this list. Start without it."));
        var away = viewer.Away?.ToHashSet(StringComparer.Ordinal);
        var matching = state is null ? State.Items : State.Items.Where(i => ItemStates.Of(State, i, now, away) == state);
        var rest = matching.Where(i => i.Position >= from).Take(first + 1).ToList();
        var page = rest.Take(first).Select(i => View(i, viewer)).ToImmutableArray();
        return Task.FromResult(new ReviewItemPage(page, rest.Count > first, state is null ? State.Items.Count : matching.Count()));
    }

    public Task<AgreementView?> GetAgreementAsync(QueueViewer viewer)
    {
        DecideSetup.RequireExists(State);
        QueueProjection.RequireNoOpenWork(State, viewer.UserId, UndoableSince);
        return Task.FromResult<AgreementView?>(State.Items.Exists(i => i.Reviews.Count > 0) ? QueueAgreement.Of(State) : null);
    }

    public Task<ReviewView> GetReviewAsync(string reviewId, QueueViewer viewer)
    {
        DecideSetup.RequireExists(State);
        var review = State.Index.Review(reviewId) ?? throw Failure.NotFound();
        if (review.ReviewerId == viewer.UserId) return Task.FromResult(OwnView(reviewId));
        var item = State.Index.Item(review.ItemId)!;
        // A review of a blinded item has to look like one that was never written.
        if (DecidePending.Is(State, item, viewer.UserId, UndoableSince)) throw Failure.NotFound();
        var view = View(item, viewer);
        return Task.FromResult(view.Adjudication?.ReviewId == reviewId ? view.Adjudication : view.Reviews.First(r => r.ReviewId == reviewId));
    }

    public Task<ReviewProgress> GetProgressAsync()
    {
        DecideSetup.RequireExists(State);
        return Task.FromResult(QueueProjection.Progress(State, Now));
    }

    public Task<ReviewProgress> GetProgressForAsync(string? userId, ImmutableArray<string> blindedTraceIds, ImmutableArray<string>? away = null)
    {
        DecideSetup.RequireExists(State);
        var blinded = blindedTraceIds.ToHashSet(StringComparer.Ordinal);
        return Task.FromResult(QueueProjection.ProgressFor(State, userId, blinded, options.Value, Now, away?.ToHashSet(StringComparer.Ordinal)));
    }

    public Task<bool> IsPendingAsync(string itemId, string userId) =>
        Task.FromResult(State.Index.Item(itemId) is { } item && DecidePending.Is(State, item, userId, UndoableSince));

    public Task<bool> IsRevealedAsync(string itemId, string userId) => Task.FromResult(State.Index.Item(itemId)?.RevealedTo.Contains(userId) == true);

    public Task<MyReviewProgress> GetMyProgressAsync(string reviewerId)
    {
        DecideSetup.RequireExists(State);
        return Task.FromResult(QueueProjection.MyProgress(State, reviewerId, Now));
    }

    public Task<ImmutableArray<ReviewView>> GetMyReviewsAsync(string reviewerId)
    {
        DecideSetup.RequireExists(State);
        return Task.FromResult(QueueProjection.OwnReviews(State, _project, _queueId, reviewerId, options.Value, Now));
    }

    public async IAsyncEnumerable<ReviewProgress> WatchProgressAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DecideSetup.RequireExists(State);
        var changes = Channel.CreateBounded<ReviewProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers.Add(changes);
        try
        {
            yield return QueueProjection.Progress(State, Now);
            await foreach (var progress in changes.Reader.ReadAllAsync(cancellationToken)) yield return progress;
        }
        finally
        {
            _watchers.Remove(changes);
        }
    }

    public Task<PendingSpans?> GetPendingAsync(string? userId, long? knownVersion)
    {
        if (!State.Exists || knownVersion == DecidePending.Version(State, UndoableSince)) return Task.FromResult<PendingSpans?>(null);
        return Task.FromResult<PendingSpans?>(DecidePending.Spans(State, userId, UndoableSince, options.Value.UndoWindow));
    }

    public Task<ImmutableArray<string>> WhichTracesAsync(ImmutableArray<string> traceIds) =>
        Task.FromResult<ImmutableArray<string>>(State.IsClosed ? [] : [.. traceIds.Where(id => State.Index.OfTrace(id).Any())]);

    public Task<ImmutableArray<SpanReference>> WhichJudgedAsync(ImmutableArray<string> traceIds) =>
        Task.FromResult<ImmutableArray<SpanReference>>([.. traceIds.SelectMany(State.Index.OfTrace).Where(i => i.IsFixed).Select(i => i.Span)]);

    public Task<ImmutableArray<string>> GetGivenTracesAsync() =>
        Task.FromResult<ImmutableArray<string>>([.. State.Items.Where(i => i.IsFixed).Select(i => i.Span.TraceId).Distinct(StringComparer.Ordinal)]);

    public Task<ImmutableArray<string>> GetPendingTracesAsync()
    {
        var pending = DecidePending.ForAnybody(State, UndoableSince).Select(i => i.Span.TraceId);
        return Task.FromResult<ImmutableArray<string>>([.. pending.Distinct(StringComparer.Ordinal)]);
    }

    public Task<ImmutableArray<ReviewItemView>> GetDecidedAsync(ImmutableArray<string>? traceIds)
    {
        var candidates = traceIds is { } asked ? asked.SelectMany(State.Index.OfTrace) : State.Items;
        var viewer = new QueueViewer(null, MayAdjudicate: true);
        return Task.FromResult<ImmutableArray<ReviewItemView>>([.. candidates.Where(i =>
            i.Consensus is not null || i.IsDisputed).Select(i => View(i, viewer))]);
    }

    public Task<ImmutableArray<SpanReference>> GetSpansAsync() => Task.FromResult<ImmutableArray<SpanReference>>([.. State.Items.Select(i => i.Span)]);

    protected override ReviewQueueEvent Purged() => new ErasedPurged(Now);

    protected override async Task WriteAsync(IReadOnlyList<ReviewQueueEvent> events)
    {
        await base.WriteAsync(events);
        if (events.Count == 0 || _watchers.Count == 0) return;
        var progress = QueueProjection.Progress(State, Now);
        foreach (var watcher in _watchers) watcher.Writer.TryWrite(progress);
    }

    private ReviewQueueView View()
    {
        DecideSetup.RequireExists(State);
        return QueueProjection.Queue(State, _project, _queueId);
    }

    private ReviewItemView View(QueueItem item, QueueViewer viewer) => QueueProjection.Item(State, item, _project, _queueId, viewer, Now);

    private ReviewView OwnView(string reviewId) => QueueProjection.OwnReview(State, State.Index.Review(reviewId)!, _project, _queueId, options.Value, Now);

    private AssignmentView View(QueueAssignment assignment) => new()
    {
        Project = _project,
        QueueId = _queueId,
        AssignmentId = assignment.AssignmentId,
        ReviewerId = assignment.ReviewerId,
        SpanReference = State.Index.Item(assignment.ItemId)!.Span,
        LeaseExpiresAt = assignment.LeaseUntil,
        SkippedBecause = State.Index.Item(assignment.ItemId)!.Skips.FindLast(s => s.ReviewerId == assignment.ReviewerId)?.Reason,
    };
}
