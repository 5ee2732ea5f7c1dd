using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Contracts;

namespace Plumbline.Features.Reviews.Queue;

/// <summary>Whose turn is it at what: the lease one holds; else an item that others have begun; else a fresh one. A claim reserves a slot.</summary>
internal static class DecideClaim
{
    /// <summary>The events of a claim; none when nothing is left for the reviewer.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Claim(ReviewQueueState state, string reviewerId, DateTimeOffset now)
    {
        DecideSetup.RequireExists(state);
        if (state.IsClosed) return [];
        var events = new List<ReviewQueueEvent>();
        if (!state.Reviewers.Contains(reviewerId))
        {
            if (!state.OpenToAll) throw Failure.Forbidden("You are not a reviewer of this queue. Ask whoever runs it to add you.");
            events.Add(new ReviewerJoined(reviewerId, now));
        }
        var until = now + state.Lease;
        if (state.Index.Held.GetValueOrDefault(reviewerId) is { } held && held.HoldsSlot(now)) events.Add(new LeaseRenewed(held.AssignmentId, until, now));
        else if (Next(state, reviewerId, now) is { } item) events.Add(Take(item, reviewerId, until, now));
        return events;
    }

    /// <summary>The items the reviewer could be given now.</summary>
    public static IEnumerable<QueueItem> Available(ReviewQueueState state, string reviewerId, DateTimeOffset now) =>
        state.Index.NeedingReviews.Where(i => i.IsPendingFor(reviewerId) && !i.SkippedBy.Contains(reviewerId) && i.HasSlotFor(reviewerId, now));

    private static QueueItem? Next(ReviewQueueState state, string reviewerId, DateTimeOffset now)
    {
        var shuffle = state.Blinding.Shuffle ? Seed(reviewerId) : 0;
        return Available(state, reviewerId, now).MinBy(i =>
            (i.IsBegun(reviewerId, now) ? 0 : 1, state.Blinding.Shuffle ? Shuffled(shuffle, i.ItemId) : (ulong)i.Position));
    }

    // An expired turn at the same item goes on, so that what was handed in late for it still finds it.
    private static ReviewQueueEvent Take(QueueItem item, string reviewerId, DateTimeOffset until, DateTimeOffset now) =>
        item.OpenAssignmentOf(reviewerId) is { } expired
            ? new LeaseRenewed(expired.AssignmentId, until, now)
            : new ItemClaimed(RandomId.New(), item.ItemId, reviewerId, until, now);

    private static ulong Seed(string reviewerId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(reviewerId), hash);
        return MemoryMarshal.Read<ulong>(hash);
    }

    /// <summary>The place of an item in one reviewer's order: item ids are random, so mixing in the seed (FNV-1a, then a finalizer) shuffles them.</summary>
    private static ulong Shuffled(ulong seed, string itemId)
    {
        var hash = seed ^ 14695981039346656037UL;
        foreach (var c in itemId) hash = (hash ^ c) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }
}
