using System.Collections.Immutable;
using System.Text;

namespace Plumbline.Features.Prompts.Diff;

/// <summary>What became of a piece of text.</summary>
internal enum DiffOp
{
    Same,
    Added,
    Removed,
}

/// <summary>A run of text with one fate.</summary>
internal sealed record DiffHunk(DiffOp Op, string Text);

/// <summary>
/// Differences between two texts, first by lines, then by words inside the lines that changed. The shortest edit script after
/// Myers (1986), "An O(ND) difference algorithm and its variations"; beyond a bound on D, and beyond one on the search in all, the rest
/// counts as replaced.
/// </summary>
internal sealed class TextComparison(DiffBudget budget, CancellationToken cancellationToken)
{
    /// <summary>Differences that are searched for before the rest is called replaced.</summary>
    private const int MaxDifferences = 1_000;

    /// <summary>The hunks that lead from one text to the other; neighbours differ in their fate.</summary>
    public ImmutableArray<DiffHunk> Compare(string before, string after)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hunks = new HunkList();
        var lines = Edits(Split(before, IsLineEnd), Split(after, IsLineEnd));
        for (var i = 0; i < lines.Count;)
        {
            if (lines[i].Op == DiffOp.Same)
            {
                hunks.Add(lines[i].Op, lines[i++].Text);
                continue;
            }
            var (removed, added) = (new StringBuilder(), new StringBuilder());
            for (; i < lines.Count && lines[i].Op != DiffOp.Same; i++) (lines[i].Op == DiffOp.Removed ? removed : added).Append(lines[i].Text);
            foreach (var (op, text) in Edits(Split(removed.ToString(), IsWordEnd), Split(added.ToString(), IsWordEnd))) hunks.Add(op, text);
        }
        return hunks.ToImmutable();
    }

    private static bool IsLineEnd(string text, int i) => text[i] == '\n';

    /// <summary>A word ends where letters or digits meet something else; everything else stands alone.</summary>
    private static bool IsWordEnd(string text, int i) =>
        i + 1 == text.Length || !char.IsLetterOrDigit(text[i]) && !char.IsHighSurrogate(text[i]) || !char.IsLetterOrDigit(text[i + 1])
            && !char.IsSurrogate(text[i + 1]);

    private static List<string> Split(string text, Func<string, int, bool> endsAt)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!endsAt(text, i)) continue;
            pieces.Add(text[start..(i + 1)]);
            start = i + 1;
        }
        if (start < text.Length) pieces.Add(text[start..]);
        return pieces;
    }

    private List<(DiffOp Op, string Text)> Edits(List<string> before, List<string> after)
    {
        var head = 0;
        while (head < before.Count && head < after.Count && before[head] == after[head]) head++;
        var tail = 0;
        while (tail < before.Count - head && tail < after.Count - head && before[^(tail + 1)] == after[^(tail + 1)]) tail++;
        var edits = before.Take(head).Select(p => (DiffOp.Same, p)).ToList();
        edits.AddRange(Middle(before[head..^tail], after[head..^tail]));
        edits.AddRange(before.TakeLast(tail).Select(p => (DiffOp.Same, p)));
        return edits;
    }

    private List<(DiffOp, string)> Middle(List<string> before, List<string> after)
    {
        if (before.Count == 0 || after.Count == 0 || Trace(before, after) is not { } trace)
            return [.. before.Select(p => (DiffOp.Removed, p)), .. after.Select(p => (DiffOp.Added, p))];
        return Walk(before, after, trace);
    }

    /// <summary>The furthest reaching points of each round; null when the texts differ too much.</summary>
    private List<int[]>? Trace(List<string> before, List<string> after)
    {
        var most = Math.Min(before.Count + after.Count, MaxDifferences);
        var furthest = new int[2 * most + 3];
        var offset = most + 1;
        var trace = new List<int[]>();
        for (var d = 0; d <= most && !budget.IsSpent; d++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var steps = d + 1;
            trace.Add(furthest[(offset - d - 1)..(offset + d + 2)]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && furthest[offset + k - 1] < furthest[offset + k + 1]) ? furthest[offset + k + 1] : furthest[offset + k - 1] + 1;
                var from = x;
                while (x < before.Count && x - k < after.Count && before[x] == after[x - k]) x++;
                steps += x - from;
                furthest[offset + k] = x;
                if (x >= before.Count && x - k >= after.Count)
                {
                    budget.Take(steps);
                    return trace;
                }
            }
            budget.Take(steps);
        }
        return null;
    }

    private static List<(DiffOp, string)> Walk(List<string> before, List<string> after, List<int[]> trace)
    {
        var edits = new List<(DiffOp, string)>();
        var (x, y) = (before.Count, after.Count);
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var furthest = trace[d];
            var centre = d + 1;
            var k = x - y;
            var down = k == -d || (k != d && furthest[centre + k - 1] < furthest[centre + k + 1]);
            var fromK = down ? k + 1 : k - 1;
            var (fromX, fromY) = (furthest[centre + fromK], furthest[centre + fromK] - fromK);
            for (; x > fromX && y > fromY; x--, y--) edits.Add((DiffOp.Same, before[x - 1]));
            if (d > 0) edits.Add(down ? (DiffOp.Added, after[y - 1]) : (DiffOp.Removed, before[x - 1]));
            (x, y) = (fromX, fromY);
        }
        edits.Reverse();
        return edits;
    }

    private sealed class HunkList
    {
        private readonly List<(DiffOp Op, StringBuilder Text)> _hunks = [];

        public void Add(DiffOp op, string text)
        {
            if (_hunks.Count > 0 && _hunks[^1].Op == op) _hunks[^1].Text.Append(text);
            else _hunks.Add((op, new(text)));
        }

        public ImmutableArray<DiffHunk> ToImmutable() => [.. _hunks.Select(h => new DiffHunk(h.Op, h.Text.ToString()))];
    }
}
