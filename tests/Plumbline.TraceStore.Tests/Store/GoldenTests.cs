using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.ObjectStore;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Tests.Model;
using Plumbline.TraceStore.Wal;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Stores written by earlier versions must open forever. Each folder under Golden holds a block, a log and a manifest of one version of the
/// formats (v3 is version 2 of blocks and logs), and what they mean;
/// the spans are the same in all. To add a version, run the tests with PLUMBLINE_WRITE_GOLDEN naming a new folder under Golden.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("v1", 1, false, false)]
    [InlineData("v2", 2, true, false)]
    [InlineData("v3", 2, true, false)]
    [InlineData("v4", 3, true, true)]
    public async Task Open_StoreOfAnyVersion_MeansWhatItMeantThen(string written, byte format, bool hasSums, bool hasAttributes)
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_WRITE_GOLDEN") is { Length: > 0 } version) await WriteAsync(Path.Combine(Folder(), version));
        var folder = Path.Combine(Folder(), written);
        var objects = new Dictionary<string, byte[]>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".txt", StringComparison.Ordinal)))
            objects[Path.GetRelativePath(folder, file).Replace('\\', '/')] = await File.ReadAllBytesAsync(file);
        Assert.Equal(["o/blocks/0000000001", "o/manifest", "o/wal/0000000002"], objects.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(format, objects["o/blocks/0000000001"][4]);
        Assert.Equal(hasSums, DirectoryOf(objects["o/blocks/0000000001"]).Pages.Any(p => p.Kind == PageKind.Aggregates));
        Assert.Equal(hasAttributes, DirectoryOf(objects["o/blocks/0000000001"]).Pages.Any(p => p.Kind == PageKind.AttributeNames));
        Assert.Equal(written is "v3" or "v4", !WalFrames.IsOld(objects["o/wal/0000000002"]));
        var disk = await ObjectCopies.WriteAsync(objects);
        for (var opening = 0; opening < 2; opening++)
        {
            await using var store = await SpanStore.OpenAsync(disk, "o");
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Folder(), "stats.txt")), await StatsAsync(store));
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(folder, "expected.txt")), await DescribeAsync(store));
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Folder(), "attributes.txt")), await AttributesAsync(store));
        }
    }

    private static async Task WriteAsync(string folder)
    {
        var disk = new MemoryObjectStore();
        await using (var store = await SpanStore.OpenAsync(disk, "o", new SpanStoreOptions { RecordPageBytes = 4000, SpansPerAggregate = 1 }))
        {
            var random = new RandomSpans(42);
            for (var i = 0; i < 12; i++) await store.AppendAsync(SpanBatch.Of(random.Batch()));
            await store.SealAsync();
            for (var i = 0; i < 3; i++) await store.AppendAsync(SpanBatch.Of(random.Batch()));
        }
        var objects = await ObjectCopies.ReadAsync(disk);
        foreach (var (name, content) in objects)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            await File.WriteAllBytesAsync(Path.Combine(folder, name), content);
        }
        await using var again = await SpanStore.OpenAsync(await ObjectCopies.WriteAsync(objects), "o");
        await File.WriteAllTextAsync(Path.Combine(folder, "expected.txt"), await DescribeAsync(again));
        await File.WriteAllTextAsync(Path.Combine(Folder(), "attributes.txt"), await AttributesAsync(again));
        await File.WriteAllTextAsync(Path.Combine(Folder(), "stats.txt"), await StatsAsync(again));
    }

    private static BlockDirectory DirectoryOf(byte[] block)
    {
        var (offset, length, crc) = BlockDirectory.ReadTrailer("block", block.Length, block.AsSpan(block.Length - BlockDirectory.Trailer));
        return BlockDirectory.Read("block", offset, block.AsSpan((int)offset, length), crc);
    }

    private static async Task<string> StatsAsync(SpanStore store)
    {
        var text = new StringBuilder();
        var query = new StatsQuery { Range = NanoRange.All, BucketNano = 3_600_000_000_000, GroupBy = [GroupField.Model, GroupField.Name] };
        foreach (var row in await store.StatsAsync(query))
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{row.BucketStartUnixNano} {StoreComparison.Json(row.Group)} {row.Spans} {row.Traces} {row.Errors} {row.Tokens} {row.Cost} "
                    + $"{row.UnpricedSpans} {row.Duration.Sum} {row.Duration.Quantile(0.95)} {row.TimeToFirstToken.Max}\n");
        return text.ToString();
    }

    // How many spans meet each condition, by the columns and by a look at all.
    private static async Task<string> AttributesAsync(SpanStore store)
    {
        var text = new StringBuilder();
        AttributeCondition[] filters = [
            new() { Key = "color", Eq = "red" }, new() { Key = "count", Exists = true }, new() { Key = "note", Eq = "say \"hi\"" },
            new() { Key = "level", Exists = false }, new() { Key = "kind", Eq = "x" }
        ];
        foreach (var filter in filters)
        {
            var found = await store.QuerySpansAsync(new SpanQuery { First = 500, Where = new SpanCondition { Attributes = [filter] } });
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{filter.Key} {filter.Eq} {filter.Exists}: {found.Spans.Count}\n");
        }
        return text.ToString();
    }

    private static async Task<string> DescribeAsync(SpanStore store)
    {
        var text = new StringBuilder();
        foreach (var hit in (await store.QueryTracesAsync(new TraceQuery { First = 500, Ascending = true })).Traces)
        {
            text.Append(Json(hit.Trace)).Append('\n');
            foreach (var span in (await store.GetTraceAsync(hit.Trace.TraceId))!.Spans) text.Append("  ").Append(Json(span)).Append('\n');
        }
        var found = await store.QueryTracesAsync(new TraceQuery { First = 500, Where = new TraceCondition { Search = "ärger" } });
        return text.Append(string.Join(' ', found.Traces.Select(t => t.Trace.TraceId))).Append('\n').ToString();
    }

    // What is unknown is left out, and so are logs where there are none: so that a field that came later changes nothing that was written down before.
    private static string Json<T>(T shown) => JsonSerializer.Serialize(shown, Known).Replace("\"Logs\":[],", "", StringComparison.Ordinal);

    private static readonly JsonSerializerOptions Known = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private static string Folder([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "..", "Golden");
}
