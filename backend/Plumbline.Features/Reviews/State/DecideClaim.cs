using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Contracts;

namespace Plumbline.Features.Reviews.State;

/// <summary>Whose turn is it at what: the lease one holds; else an item that others have begun; else a fresh one; else, once, what one has skipped. A claim
/// reserves a slot.</summary>
internal static class DecideClaim
{
    /// <summary>What a reviewer has skipped comes back to them once.</summary>
    private const int MostSkips = 2;

    /// <summary>The events of a claim; none when nothing is left for the reviewer.</summary>
    public static IReadOnlyList<ReviewQueueEvent> Claim(ReviewQueueState state, string reviewerId, DateTimeOffset now)
    {
        DecideSetup.RequireExists(state);
        if (state.IsClosed) return [];
        if (!state.Reviewers.Contains(reviewerId))
            throw Failure.Forbidden(state.OpenToAll
                ? "You have not joined this queue. Join it first (joinReviewQueue): from then on you are blinded to all its items."
                : "You are not a reviewer of this queue. Ask whoever runs it to add you.");
        var until = now + state.Lease;
        if (state.Index.Held.GetValueOrDefault(reviewerId) is { } held && held.HoldsSlot(now)) return [new LeaseRenewed(held.AssignmentId, until, now)];
        return Next(state, reviewerId, now) is { } item ? [Take(item, reviewerId, until, now)] : [];
    }

    /// <summary>The items the reviewer could be given now.</summary>
    public static IEnumerable<QueueItem> Available(ReviewQueueState state, string reviewerId, DateTimeOffset now) =>
        state.Index.NeedingReviews.Where(i => WouldTake(state, i, reviewerId) && i.HasSlotFor(reviewerId, now));

    /// <summary>Whether the reviewer may be asked to judge the item, and has not refused it for good.</summary>
    public static bool WouldTake(ReviewQueueState state, QueueItem item, string reviewerId) =>
        !HasRefused(item, reviewerId) && state.IsOpenTo(item, reviewerId);

    /// <summary>Whether the reviewer has skipped the item for good.</summary>
    public static bool HasRefused(QueueItem item, string reviewerId) => item.SkipsOf(reviewerId) >= MostSkips;

    private static QueueItem? Next(ReviewQueueState state, string reviewerId, DateTimeOffset now)
    {
        var shuffle = state.Blinding.Shuffle ? Seed(reviewerId) : 0;
        return Available(state, reviewerId, now).MinBy(i =>
            (i.SkipsOf(reviewerId), i.IsBegun(reviewerId, now) ? 0 : 1, state.Blinding.Shuffle ? Shuffled(shuffle, i.ItemId) : (ulong)i.Position));
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
