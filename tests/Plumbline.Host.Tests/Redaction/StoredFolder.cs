using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.ObjectStore;
using Plumbline.TraceStore;

namespace Plumbline.Host.Tests.Redaction;

/// <summary>All that a stopped server's data folder holds, as text: files as they are, the pages of blocks decompressed, base64 decoded.</summary>
internal static partial class StoredFolder
{
    /// <summary>Has every store of traces write its block.</summary>
    public static async Task SealAsync(string folder)
    {
        using var objects = FolderObjectStore.Open(new FolderObjectStoreOptions { Root = Path.Combine(folder, "objects") });
        var shards = new HashSet<string>(StringComparer.Ordinal);
        // traces/organization/project/shard/…
        await foreach (var found in objects.ListAsync("traces/")) shards.Add(string.Join('/', found.Name.Split('/')[..4]));
        foreach (var shard in shards)
        {
            await using var store = await SpanStore.OpenAsync(objects, shard);
            await store.SealAsync();
        }
    }

    public static string Read(string folder)
    {
        var all = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != ".lock"))
        {
            var bytes = File.ReadAllBytes(file);
            all.Append(Encoding.Latin1.GetString(bytes)).Append('\n');
            foreach (var page in Pages(bytes)) all.Append(Encoding.Latin1.GetString(page)).Append('\n');
        }
        var text = all.ToString();
        foreach (Match encoded in Base64().Matches(text)) all.Append(Decoded(encoded.Value)).Append('\n');
        return all.ToString();
    }

    // backend/Plumbline.TraceStore/Blocks/FORMAT.md
    private static IEnumerable<byte[]> Pages(byte[] block)
    {
        if (!block.AsSpan().StartsWith("PLBK"u8)) yield break;
        var at = (int)BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(^20));
        at += 8 + 16 + 4;
        at += 4 + BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at));
        var count = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at));
        at += 4;
        for (; count > 0; count--, at += 32)
        {
            var offset = (int)BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(at + 8));
            var stored = block.AsSpan(offset, BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at + 16)));
            var raw = new byte[BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at + 20))];
            Decompress(block[at + 28], stored, raw);
            yield return raw;
        }
    }

    private static void Decompress(byte compression, ReadOnlySpan<byte> stored, byte[] raw)
    {
        var written = raw.Length;
        if (compression == 0) stored.CopyTo(raw);
        else if (compression == 1) Assert.True(BrotliDecoder.TryDecompress(stored, raw, out written));
        else written = (int)ZstdDecompress(raw, (nuint)raw.Length, stored.ToArray(), (nuint)stored.Length);
        Assert.Equal(raw.Length, written);
    }

    private static string Decoded(string base64) => Encoding.Latin1.GetString(Convert.FromBase64String(base64[..(base64.Length / 4 * 4)]));

    [GeneratedRegex("[A-Za-z0-9+/]{16,}", RegexOptions.None, 10_000)]
    private static partial Regex Base64();

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_decompress")]
    private static extern nuint ZstdDecompress(byte[] into, nuint capacity, byte[] from, nuint length);
}
