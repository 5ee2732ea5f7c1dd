namespace Plumbline.Features.Prompts.Diff;

/// <summary>What one request may search for differences, over all that it compares.</summary>
internal sealed class DiffBudget
{
    /// <summary>Pieces of text that are looked at.</summary>
    private const int MaxSteps = 4_000_000;

    private int _steps = MaxSteps;

    public bool IsSpent => Volatile.Read(ref _steps) <= 0;

    public void Take(int steps) => Interlocked.Add(ref _steps, -steps);
}
