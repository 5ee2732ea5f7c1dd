using Plumbline.Contracts;

namespace Plumbline.Features.Kernel.Requests;

/// <summary>What a named request came to, kept by what it changed so that it can be answered again. Stored: the names of its members stay
/// readable for ever.</summary>
/// <param name="Id"><see cref="RequestKey.Id"/>.</param>
/// <param name="Content"><see cref="RequestKey.Content"/>.</param>
internal sealed record AnsweredRequest(string Id, string Content, DateTimeOffset At)
{
    /// <summary>How long a request can be repeated at least, as the schema promises.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Requests kept by one thing, the newest: whoever sends more in a day would fill its state with them.</summary>
    private const int Most = 10_000;

    public int Added { get; init; }

    public int Duplicates { get; init; }

    /// <summary>The version it made; 0 when it made none.</summary>
    public int Version { get; init; }

    /// <summary>The answer to a request that was answered before; null for a new one.</summary>
    /// <exception cref="RequestFailedException">CONFLICT: its name was used for another request.</exception>
    public static AnsweredRequest? Find(List<AnsweredRequest> known, RequestKey? request)
    {
        var found = request is null ? null : known.FindLast(r => r.Id == request.Id);
        if (found is not null) request!.RequireSame(found.Content);
        return found;
    }

    public static AnsweredRequest? To(RequestKey? request, DateTimeOffset now) =>
        request is null ? null : new AnsweredRequest(request.Id, request.Content, now);

    /// <summary>Takes in an answer and lets go of those that nobody needs any more.</summary>
    public static void Keep(List<AnsweredRequest> known, AnsweredRequest? answered)
    {
        if (answered is null) return;
        known.RemoveAll(r => r.At < answered.At - Kept);
        if (known.Count >= Most) known.RemoveRange(0, known.Count - Most + 1);
        known.Add(answered);
    }
}
