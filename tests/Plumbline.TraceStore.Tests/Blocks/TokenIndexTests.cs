using System.Text;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks.Search;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Tests.Blocks;

public sealed class TokenIndexTests
{
    private static readonly string[] Parts = [
        "refund", "Refunds", "unrefunded", "a", "b1", "ÄRGER", "straße", "データ", "ベース", "“quoted”", "x_y", "e-mail", "🙂", "ελληνικά",
        "7f3a9c", new string('z', 80), "İ"
    ];

    [Fact]
    public void Pages_AnyPartOfAnyText_HoldThePageOfThatText()
    {
        var random = new Random(3);
        var texts = Enumerable.Range(0, 60).Select(_ =>
            string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, 6).Select(_ => Parts[random.Next(Parts.Length)]))).ToArray();
        var index = Index(texts);
        for (var round = 0; round < 4000; round++)
        {
            var page = random.Next(texts.Length);
            var runes = texts[page].EnumerateRunes().ToArray();
            var from = random.Next(runes.Length);
            var part = string.Concat(runes[from..(from + random.Next(1, Math.Min(12, runes.Length - from) + 1))]);
            if (random.Next(2) == 0) part = part.ToUpperInvariant();
            var needle = new Needle(part);
            if (!needle.IsIn(Encoding.UTF8.GetBytes(texts[page]))) continue;
            Assert.True(index.Pages(needle, texts.Length)[page], part);
        }
    }

    [Fact]
    public void Pages_WholeWord_LeaveOthersOut()
    {
        var index = Index("one two", "three four", "one hundred");
        Assert.Equal([1], Pages(index, "three"));
        Assert.Equal([1], Pages(index, "hree fou"));
        Assert.Equal([0, 2], Pages(index, "ONE"));
        Assert.Equal([], Pages(index, "five"));
        Assert.Equal([0, 1, 2], Pages(index, " "));
    }

    [Fact]
    public void Needle_AgreesWithFoldedStrings()
    {
        var random = new Random(8);
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ =>
                Parts[random.Next(Parts.Length)][..1] + Parts[random.Next(Parts.Length)]));
            var part = Parts[random.Next(Parts.Length)];
            part = random.Next(2) == 0 ? part.ToUpperInvariant() : part.ToLowerInvariant();
            Assert.Equal(
                Model.NaiveFilter.Fold(text).Contains(Model.NaiveFilter.Fold(part), StringComparison.Ordinal),
                new Needle(part).IsIn(Encoding.UTF8.GetBytes(text)));
        }
    }

    private static int[] Pages(TokenIndex index, string text)
    {
        var pages = new List<int>();
        foreach (var page in index.Pages(new Needle(text), 3)) pages.Add(page);
        return [.. pages];
    }

    private static TokenIndex Index(params string[] pages)
    {
        var writer = new TokenIndexWriter();
        for (var page = 0; page < pages.Length; page++) writer.Add(Encoding.UTF8.GetBytes(pages[page]), page);
        var tokens = new ByteBuffer(16);
        var postings = new ByteBuffer(16);
        writer.Write(tokens, postings);
        return TokenIndex.Read(tokens.ToArray(), postings.ToArray(), pages.Length)!;
    }
}
