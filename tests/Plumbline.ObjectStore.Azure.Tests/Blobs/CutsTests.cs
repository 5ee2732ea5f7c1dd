using FsCheck;
using FsCheck.Fluent;
using Plumbline.ObjectStore.Azure.Blobs;

namespace Plumbline.ObjectStore.Azure.Tests.Blobs;

public sealed class CutsTests
{
    private const int Length = 24;

    // The last of a few cuts may be open.
    private static Arbitrary<Cut[]> Some => Gen.ArrayOf(
        from start in Gen.Choose(0, Length)
        from size in Gen.Choose(0, 8)
        from isOpen in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Cut(start, isOpen ? Cuts.Open : Math.Min(Length, start + size))).ToArbitrary();

    [Fact]
    public void Cuts_OfAnyKind_LeaveOutWhatTheySay() => Check.QuickThrowOnFailure(Prop.ForAll(Some, ranges =>
    {
        var cuts = Of(ranges);
        var visible = Enumerable.Range(0, Length).Where(at => !ranges.Any(r => at >= r.Start && at < r.End)).Select(at => (long)at).ToArray();
        Assert.Equal(visible.Length, cuts.VisibleLength(Length));
        for (var i = 0; i < visible.Length; i++) Assert.Equal(visible[i], cuts.Place(i));
        for (var offset = 0; offset <= visible.Length + 1; offset++)
        {
            for (var count = 0; count <= Length; count += 5)
                Assert.Equal(visible.Skip(offset).Take(count), cuts.PartsOf(offset, count, Length).SelectMany(p => Positions(p)));
        }
        return true;
    }));

    [Fact]
    public void Parse_OfItsText_IsTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(Some, ranges => Cuts.Parse(Of(ranges).ToString()).Equals(Of(ranges))));

    [Fact]
    public void Closed_AtTheEnd_LeavesOutTheSame() => Check.QuickThrowOnFailure(Prop.ForAll(Some, ranges =>
    {
        var (open, closed) = (Of(ranges), Of(ranges).Closed(Length));
        return open.VisibleLength(Length) == closed.VisibleLength(Length) && closed.VisibleLength(Length + 3) == closed.VisibleLength(Length) + 3;
    }));

    [Theory]
    [InlineData("5")]
    [InlineData("-5")]
    [InlineData("a-b")]
    [InlineData("1-2,")]
    public void Parse_OfSomethingElse_IsRefused(string text) => Assert.Throws<FormatException>(() => Cuts.Parse(text));

    private static Cuts Of(Cut[] ranges) => ranges.Aggregate(Cuts.None, (cuts, r) => cuts.With(r.Start, r.End));

    private static IEnumerable<long> Positions(Cut part)
    {
        for (var at = part.Start; at < part.End; at++) yield return at;
    }
}
