using System.Globalization;
using System.Text;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Blocks.Attributes;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Tests.Blocks;

/// <summary>What a block's columns say of attributes is what a look at each span's JSON says, whatever that JSON is.</summary>
public sealed class AttributeColumnTests
{
    private static readonly string[] Keys = ["a", "b", "gen_ai.model", "", "ü", "k\"", "deep"];
    private static readonly string[] Words = [
        "x", "", "red", "1", "1.50", "-0", "01", "1e3", "true", "tru", "null", "\\u0061", "\\n", "\\ud83d\\ude00", "\\ud800", "\\x", "é",
        "\u0001", new('y', 64), new('y', 65), new('z', 400)
    ];
    private static readonly string[] Values = ["[1, 2]", "{\"a\":\"x\"}", "{\"a\":[{}]}", "[", "{\"b\":1", " 1 ", "\"x"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Soak.Count(40))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Columns_OfAnyJson_SayWhatALookSays(int seed)
    {
        var random = new Random(seed);
        var batch = SpanBatch.Of([.. Enumerable.Range(0, random.Next(1, 60)).Select(i => new SpanRecord
        {
            TraceId = new TraceId(1, 1),
            SpanId = new SpanId((ulong)i + 1),
            AttributesJson = random.Next(8) == 0 ? null : Json(random),
            ResourceJson = random.Next(2) == 0 ? null : random.Next(2) == 0 ? "{\"a\":\"res\",\"region\":\"eu\"}" : Json(random),
        })]);
        var writer = new AttributeWriter(mostValues: random.Next(2) == 0 ? 4096 : random.Next(4));
        foreach (var span in batch) writer.Add(span);
        var (index, columns) = Written(writer, batch.Count);
        foreach (var filter in Filters())
        {
            var predicate = new AttributePredicate(filter);
            var (certain, unsure) = index.TryFind(predicate.Key, out var number) ? columns[number].Where(predicate)
                : index.IsComplete
                    ? (predicate is { IsMissing: true, Value: null } ? Bitmap.All(batch.Count) : new Bitmap(batch.Count), null)
                    : (new Bitmap(batch.Count), Bitmap.All(batch.Count));
            var row = 0;
            foreach (var span in batch)
            {
                var passes = predicate.Accepts(span.Text(SpanText.Attributes), span.Text(SpanText.Resource));
                var open = unsure?[row] == true || index.Unread.Contains(row);
                Assert.True(open || passes == certain[row], $"{filter} {span.String(SpanText.Attributes)} {span.String(SpanText.Resource)}");
                row++;
            }
        }
    }

    [Fact]
    public void Columns_OfManyNames_KeepTheMostFrequent()
    {
        var batch = SpanBatch.Of([.. Enumerable.Range(0, 600).Select(i => new SpanRecord
        {
            TraceId = new TraceId(1, 1), SpanId = new SpanId((ulong)i + 1), AttributesJson = string.Create(
                CultureInfo.InvariantCulture, $"{{\"rare{i}\":1,\"always\":{i}}}"),
        })]);
        var writer = new AttributeWriter(4096);
        foreach (var span in batch) writer.Add(span);
        var (index, _) = Written(writer, batch.Count);
        Assert.False(index.IsComplete);
        Assert.True(index.TryFind("always"u8, out var number));
        Assert.Equal(0, number);
        Assert.Equal(AttributeIndex.MostKeys, Enumerable.Range(0, 600).Count(i => index.TryFind(Encoding.UTF8.GetBytes($"rare{i}"), out _)) + 1);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(10)]
    public void Columns_OfManyResources_CountAndFindWhatSpansHave(int mostValues)
    {
        var batch = SpanBatch.Of([.. Enumerable.Range(0, 900).Select(i => new SpanRecord
        {
            TraceId = new TraceId(1, 1),
            SpanId = new SpanId((ulong)i + 1),
            AttributesJson = i % 3 == 0 ? "{\"host\":\"own\",\"b\":[1]}" : "{\"b\":[1]}",
            ResourceJson = i % 7 == 0 ? "{\"host\":" : string.Create(CultureInfo.InvariantCulture, $"{{\"host\":\"h{i / 2}\"}}"),
        })]);
        var writer = new AttributeWriter(mostValues);
        foreach (var span in batch) writer.Add(span);
        var (index, columns) = Written(writer, batch.Count);
        Assert.True(index.TryFind("b"u8, out var first) && first == 0 && index.TryFind("host"u8, out _));
        foreach (var value in new[] { "own", "h1", "h3", "h255", "h257", "h300", "h440" })
        {
            var (certain, unsure) = columns[1].Where(new AttributePredicate(new AttributeCondition { Key = "host", Eq = value }));
            for (var row = 0; row < batch.Count; row++)
            {
                if (row % 7 == 0) Assert.Contains(row, index.Unread.ToArray());
                else Assert.Equal(
                    value == (row % 3 == 0 ? "own" : string.Create(CultureInfo.InvariantCulture, $"h{row / 2}")),
                    certain[row] || unsure?[row] == true);
            }
        }
    }

    [Fact]
    public void Pages_CutOrChanged_AreRefusedOrReadable()
    {
        var batch = SpanBatch.Of([.. Enumerable.Range(0, 30).Select(i =>
            new SpanRecord { TraceId = new TraceId(1, 1), SpanId = new SpanId((ulong)i + 1), AttributesJson = i == 7 ? "{" : $"{{\"a\":{i},\"b\":\"x\"}}" })]);
        var writer = new AttributeWriter(4096);
        foreach (var span in batch) writer.Add(span);
        foreach (var (kind, page) in Pages(writer))
        {
            for (var at = 0; at < page.Length; at++)
            {
                Assert.False(Reads(kind, page[..at]));
                foreach (var mask in new byte[] { 1, 0x40, 0x80, 0xFF }) Reads(kind, Store.ObjectCopies.Flip(page, at, mask));
            }
        }
    }

    private static bool Reads(PageKind kind, byte[] page)
    {
        if (kind == PageKind.AttributeNames) return AttributeIndex.Read(page, 30) is not null;
        return AttributeColumn.Read(page, 30)?.Where(new AttributePredicate(new AttributeCondition { Key = "a", Eq = "7" })).Certain.Length == 30;
    }

    private static (AttributeIndex Index, AttributeColumn[] Columns) Written(AttributeWriter writer, int spans)
    {
        var pages = Pages(writer);
        return (AttributeIndex.Read(pages[0].Page, spans)!, [.. pages.Skip(1).Select(p => AttributeColumn.Read(p.Page, spans)!)]);
    }

    private static List<(PageKind Kind, byte[] Page)> Pages(AttributeWriter writer)
    {
        var page = new ByteBuffer(1024);
        var pages = new List<(PageKind Kind, byte[] Page)>();
        writer.Write(page, (kind, number) =>
        {
            Assert.Equal(pages.Count == 0 ? PageKind.AttributeNames : PageKind.AttributeValues, kind);
            Assert.Equal(Math.Max(0, pages.Count - 1), number);
            pages.Add((kind, page.ToArray()));
            page.Clear();
        });
        return pages;
    }

    private static IEnumerable<AttributeCondition> Filters()
    {
        foreach (var key in Keys.Append("region"))
        {
            yield return new() { Key = key, Exists = true };
            yield return new() { Key = key, Exists = false };
            foreach (var value in Words.Concat(Values).Concat(["a", "\n", "😀", "res", "{", "[1, 2]"])) yield return new() { Key = key, Eq = value };
        }
    }

    private static string Json(Random random)
    {
        var text = new StringBuilder("{");
        for (var members = random.Next(6); members > 0; members--)
        {
            var value = random.Next(6) switch
            {
                0 => Values[random.Next(Values.Length)],
                1 => Words[random.Next(Words.Length)],
                _ => $"\"{Words[random.Next(Words.Length)]}\"",
            };
            var key = Keys[random.Next(Keys.Length)].Replace("\"", random.Next(2) == 0 ? "\\\"" : "\\u0022", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 1 ? "," : "")}{(random.Next(9) == 0 ? " " : "")}\"{key}\":{value}");
        }
        text.Append('}');
        if (random.Next(10) == 0) text.Length = random.Next(text.Length);
        if (random.Next(10) == 0) text.Append(' ');
        return text.ToString();
    }
}
