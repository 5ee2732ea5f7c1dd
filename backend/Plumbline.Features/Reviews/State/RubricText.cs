using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.State;

/// <summary>Whether two rubrics say the same.</summary>
internal static class RubricText
{
    public static bool Same(Rubric a, Rubric b) =>
        a.Instructions == b.Instructions && a.ReasoningRequired == b.ReasoningRequired && a.FailureModes.SequenceEqual(b.FailureModes);
}
