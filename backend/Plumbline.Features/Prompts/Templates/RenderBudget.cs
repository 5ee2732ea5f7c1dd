using System.Text.Json;
using Plumbline.Contracts;

namespace Plumbline.Features.Prompts.Templates;

/// <summary>What filling in one prompt may cost: sections multiply, so neither the length of a template nor that of its inputs bounds it.
/// A step is a node written, a round of a list, or a stretch of what is read or written at once.</summary>
internal sealed class RenderBudget(int most, CancellationToken cancellationToken)
{
    private const int BytesOfAStep = 64;
    private const int MembersOfAStep = 8;
    private const int LooksAtTheTokenEvery = 1024;

    /// <summary>Steps taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Takes steps.</summary>
    /// <exception cref="RequestFailedException">BAD_USER_INPUT: there are none left.</exception>
    /// <exception cref="OperationCanceledException">Nobody waits for the messages any more.</exception>
    public void Take(long steps = 1)
    {
        if (Taken / LooksAtTheTokenEvery != (Taken += steps) / LooksAtTheTokenEvery) cancellationToken.ThrowIfCancellationRequested();
        if (Taken > most)
            throw Failure.BadInput(
                $"With these inputs it takes more than {most:N0} steps to fill in the prompt, the most there may be. Shorten a list, or nest fewer sections.");
    }

    /// <summary>Takes what reading or writing so many bytes costs beside the step itself.</summary>
    public void TakeBytes(int bytes) => Take(bytes / BytesOfAStep);

    /// <summary>Takes what looking for a member costs: members are read one by one.</summary>
    public void TakeLookup(JsonElement holder) => Take(1 + (holder.GetPropertyCount() / MembersOfAStep));
}
