using FsCheck;
using FsCheck.Fluent;
using Plumbline.ObjectStore.Azure.Names;

namespace Plumbline.ObjectStore.Azure.Tests.Names;

public sealed class BlobNameTests
{
    // Pieces that meet in awkward ways.
    private static readonly string[] Pieces = ["a", "b", "/", ".", "%", "2", "5", "E", "C", "\\", "%25", "%2E", "%5C", "%EF%BF%BE", "é", "\uE000", "\uFFFE", "\uFFFF", "😀"];

    private static Arbitrary<string> Texts => Gen.ArrayOf(Gen.Elements(Pieces)).Select(string.Concat).ToArbitrary();

    [Theory]
    [InlineData("org/project/wal/0000000001", "org/project/wal/0000000001")]
    [InlineData("grainstate/queue-queue/org/p 1.json", "grainstate/queue-queue/org/p 1.json")]
    [InlineData("50%/%41/.hidden/ü", "50%/%41/.hidden/ü")]
    [InlineData("a./b.", "a%2E/b%2E")]
    [InlineData("a...", "a..%2E")]
    [InlineData(@"a\b", "a%5Cb")]
    [InlineData("%2E", "%252E")]
    [InlineData("%%25", "%%2525")]
    public void Of_Name_IsTheSameUnlessTheServiceWouldChangeIt(string name, string blob)
    {
        Assert.Equal(blob, BlobName.Of(name));
        Assert.Equal(name, BlobName.ToName(blob));
    }

    [Fact]
    public void ToName_OfAnyName_IsThatName() => Check.QuickThrowOnFailure(Prop.ForAll(Texts, text => !IsName(text) || BlobName.ToName(BlobName.Of(text)) == text));

    [Fact]
    public void PrefixOf_AnyPart_FindsTheName() => Check.QuickThrowOnFailure(Prop.ForAll(Texts, text =>
        !IsName(text) || Enumerable.Range(0, text.Length).All(n => BlobName.Of(text).StartsWith(BlobName.PrefixOf(text[..n]), StringComparison.Ordinal))));

    /// <summary>Listed as bytes of UTF-8 or as units of UTF-16, what the service lists comes out in the order of names.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Order_OfAnyNames_IsThatOfUtf8(bool isUtf8) => Check.QuickThrowOnFailure(Prop.ForAll(Gen.ArrayOf(Texts.Generator).ToArbitrary(), texts =>
    {
        var names = texts.Where(IsName).Distinct().ToArray();
        var listed = isUtf8
            ? names.Order(Comparer<string>.Create((x, y) => Utf8NameComparer.Instance.Compare(BlobName.Of(x), BlobName.Of(y))))
            : names.OrderBy(BlobName.Of, StringComparer.Ordinal);
        var order = new ListingOrder();
        var sorted = listed.SelectMany(n => order.Next(new ObjectProperties(n, 0, "", default), BlobName.IsListedEarly(BlobName.Of(n), n))).ToList();
        sorted.AddRange(order.Rest());
        return sorted.Select(p => p.Name).SequenceEqual(names.Order(Utf8NameComparer.Instance));
    }));

    [Fact]
    public void Order_OfAHierarchicalNamespace_IsNoticed()
    {
        var order = new ListingOrder();
        Assert.Single(order.Next(new ObjectProperties("a/b", 0, "", default), isEarly: false));
        var failure = Assert.Throws<StorageUnavailableException>(() => order.Next(new ObjectProperties("a!", 0, "", default), isEarly: false).Count());
        Assert.Contains("hierarchical namespace", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NameThatTheServiceCannotHave_IsRefused()
    {
        var segments = string.Join('/', Enumerable.Repeat("a", 255));
        var dots = string.Join('/', Enumerable.Repeat("a.a.a.a.", 113));
        foreach (var name in new[] { segments, dots, "", "a/../b" }) Assert.Throws<InvalidObjectNameException>(() => BlobName.Of(name));
        Assert.Equal(segments[2..], BlobName.Of(segments[2..]));
    }

    private static bool IsName(string text)
    {
        try
        {
            ObjectName.Validate(text);
            return true;
        }
        catch (InvalidObjectNameException)
        {
            return false;
        }
    }
}
