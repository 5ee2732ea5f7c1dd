using Orleans.Storage;

namespace Plumbline.Contracts;

/// <summary>A request that is refused: a code for programs and a sentence for people that says what to do. Its message is shown to users as it is.</summary>
[GenerateSerializer, Alias("RequestFailedException")]
public sealed class RequestFailedException : Exception
{
    public RequestFailedException(FailureCode code, string message) : base(message) => Code = code;

    [Id(0)]
    public FailureCode Code { get; init; }

    /// <summary>Whether the same request may succeed later, with nothing changed until then.</summary>
    public bool IsRetryable => Code is FailureCode.Unavailable or FailureCode.TimedOut;
}

/// <summary>The failures that every slice must word alike, and short ways to the others.</summary>
public static class Failure
{
    /// <summary>The one answer for missing, foreign and malformed ids.</summary>
    public static RequestFailedException NotFound() => new(FailureCode.NotFound, "There is nothing with this id that you may see.");

    public static RequestFailedException Unauthenticated() =>
        new(FailureCode.Unauthenticated, "Sign in, or send an API key as 'Authorization: Bearer pl_…'.");

    public static RequestFailedException Forbidden(string message) => new(FailureCode.Forbidden, message);

    public static RequestFailedException BadInput(string message) => new(FailureCode.BadUserInput, message);

    public static RequestFailedException Unavailable(string message) => new(FailureCode.Unavailable, message);

    /// <summary>What was asked for is held by another process of the cluster now, which wrote to the storage first. Whoever asks again is
    /// served by that one.</summary>
    public static RequestFailedException Moved() =>
        Unavailable("This has just moved to another part of the server. Nothing was changed; try again in a moment.");

    /// <summary>What was asked for took longer than it may.</summary>
    public static RequestFailedException TimedOut() => new(FailureCode.TimedOut,
        "A part of this took longer than it may. Ask for less at a time: a shorter range, a smaller page or a simpler filter.");

    /// <summary>What was asked for may have been done.</summary>
    public static RequestFailedException OutcomeUnknown() => new(FailureCode.OutcomeUnknown,
        "This may have been done or not: the server lost touch with a part of itself. Try again; it is not done twice, provided that the request "
            + "carries a requestId where its input takes one.");

    /// <summary>The refusal in an exception: it itself, what the grain runtime has wrapped, or what a grain could not word because it
    /// failed while it opened; null when there is none.</summary>
    public static RequestFailedException? In(Exception? exception) => exception switch
    {
        RequestFailedException refused => refused,
        InconsistentStateException => Moved(),
        OrleansException wrapped => In(wrapped.InnerException),
        _ => null,
    };

    public static RequestFailedException Conflict(string message) => new(FailureCode.Conflict, message);
}
