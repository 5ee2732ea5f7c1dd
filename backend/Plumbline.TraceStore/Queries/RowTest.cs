using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>A condition over the rows (spans or traces) of one segment. What columns can tell is known at once; what needs text is known within bounds and
/// tested row by row.</summary>
internal abstract class RowTest
{
    /// <summary>Rows that may pass. Not to be changed.</summary>
    public abstract Bitmap Upper { get; }

    /// <summary>Rows that pass for certain. Not to be changed.</summary>
    public abstract Bitmap Lower { get; }

    public abstract bool IsExact { get; }

    /// <summary>Whether a row passes.</summary>
    public abstract ValueTask<bool> PassesAsync(int row, CancellationToken cancellationToken);
}

/// <summary>Known for all rows.</summary>
internal sealed class ExactTest(Bitmap rows) : RowTest
{
    public override Bitmap Upper => rows;

    public override Bitmap Lower => rows;

    public override bool IsExact => true;

    public override ValueTask<bool> PassesAsync(int row, CancellationToken cancellationToken) => new(rows[row]);
}

/// <summary>Needs a look at the text of each candidate.</summary>
internal sealed class LazyTest(Bitmap candidates, Func<int, CancellationToken, ValueTask<bool>> passes) : RowTest
{
    private readonly Dictionary<int, bool> _known = [];

    public override Bitmap Upper => candidates;

    public override Bitmap Lower { get; } = new(candidates.Length);

    public override bool IsExact => false;

    public override async ValueTask<bool> PassesAsync(int row, CancellationToken cancellationToken)
    {
        if (!candidates[row]) return false;
        if (_known.TryGetValue(row, out var known)) return known;
        return _known[row] = await passes(row, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>All of several conditions.</summary>
internal sealed class AllTest : RowTest
{
    private readonly List<RowTest> _tests;

    private AllTest(List<RowTest> tests, Bitmap upper, Bitmap lower) => (_tests, Upper, Lower) = (tests, upper, lower);

    public override Bitmap Upper { get; }

    public override Bitmap Lower { get; }

    public override bool IsExact => false;

    public static RowTest Of(List<RowTest> tests, int rows)
    {
        var upper = Bitmap.All(rows);
        foreach (var test in tests) upper.And(test.Upper);
        tests.RemoveAll(t => t.IsExact);
        if (tests.Count == 0) return new ExactTest(upper);
        var lower = upper.Copy();
        foreach (var test in tests) lower.And(test.Lower);
        return new AllTest(tests, upper, lower);
    }

    public override async ValueTask<bool> PassesAsync(int row, CancellationToken cancellationToken)
    {
        if (!Upper[row]) return false;
        if (Lower[row]) return true;
        foreach (var test in _tests)
        {
            if (!await test.PassesAsync(row, cancellationToken).ConfigureAwait(false)) return false;
        }
        return true;
    }
}

/// <summary>One of several conditions.</summary>
internal sealed class AnyTest : RowTest
{
    private readonly List<RowTest> _tests;

    private AnyTest(List<RowTest> tests, Bitmap upper, Bitmap lower) => (_tests, Upper, Lower) = (tests, upper, lower);

    public override Bitmap Upper { get; }

    public override Bitmap Lower { get; }

    public override bool IsExact => false;

    public static RowTest Of(List<RowTest> tests, int rows)
    {
        var upper = new Bitmap(rows);
        var lower = new Bitmap(rows);
        foreach (var test in tests)
        {
            upper.Or(test.Upper);
            lower.Or(test.Lower);
        }
        tests.RemoveAll(t => t.IsExact);
        return tests.Count == 0 ? new ExactTest(upper) : new AnyTest(tests, upper, lower);
    }

    public override async ValueTask<bool> PassesAsync(int row, CancellationToken cancellationToken)
    {
        if (!Upper[row]) return false;
        if (Lower[row]) return true;
        foreach (var test in _tests)
        {
            if (await test.PassesAsync(row, cancellationToken).ConfigureAwait(false)) return true;
        }
        return false;
    }
}

/// <summary>The opposite of a condition.</summary>
internal sealed class NotTest(RowTest test) : RowTest
{
    public override Bitmap Upper { get; } = test.Lower.Copy().Not();

    public override Bitmap Lower { get; } = test.Upper.Copy().Not();

    public override bool IsExact => false;

    public static RowTest Of(RowTest test) => test.IsExact ? new ExactTest(test.Upper.Copy().Not()) : new NotTest(test);

    public override async ValueTask<bool> PassesAsync(int row, CancellationToken cancellationToken) =>
        !await test.PassesAsync(row, cancellationToken).ConfigureAwait(false);
}
