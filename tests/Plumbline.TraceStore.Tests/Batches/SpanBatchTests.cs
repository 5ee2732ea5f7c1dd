using System.Text.Json;

namespace Plumbline.TraceStore.Tests.Batches;

public sealed class SpanBatchTests
{
    private static readonly string[] Words = ["chat", "", "prüfung", "用户", """{"a":1}""", "{}"];

    /// <summary>A span with some of all fields that there are.</summary>
    private static SpanRecord Full(Random random)
    {
        var span = new SpanRecord
        {
            TraceId = new TraceId((ulong)random.NextInt64(), (ulong)random.NextInt64()),
            SpanId = new SpanId((ulong)random.NextInt64()),
            ParentSpanId = new SpanId((ulong)random.Next(2)),
            Kind = (StoredKind)random.Next(10),
            Status = (StoredStatus)random.Next(3),
            Usage = (UsageConvention)random.Next(3),
            StartUnixNano = random.NextInt64(),
            EndUnixNano = random.NextInt64(),
        };
        foreach (var field in typeof(SpanRecord).GetProperties().Where(p => p.CanWrite && random.Next(2) == 0))
        {
            if (field.PropertyType == typeof(string)) field.SetValue(span, Word(random));
            else if (field.PropertyType == typeof(long?)) field.SetValue(span, random.Next(2) == 0 ? -1 : random.NextInt64());
            else if (field.PropertyType == typeof(IReadOnlyList<string>)) field.SetValue(span, (string[])["a" + Word(random), "", "b c"]);
        }
        return span;
    }

    private static string Word(Random random) => Words[random.Next(Words.Length)] is { Length: > 0 } word ? word + new string('x', random.Next(200)) : "";

    internal static string Json(SpanRecord record) => JsonSerializer.Serialize(record);

    [Fact]
    public void Records_ThroughABatch_ComeBackAsTheyWere()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var records = Enumerable.Range(0, random.Next(20)).Select(_ => Full(random)).ToArray();
            var batch = SpanBatch.Of(records);
            Assert.Equal(records.Select(Json), batch.ToRecords().Select(Json));
            Assert.Equal(records.Select(Json), SpanBatch.Parse(batch.Bytes).ToRecords().Select(Json));
        }
    }

    [Fact]
    public void Writer_FieldsInAnyOrder_GiveTheSameBytes()
    {
        var writer = new SpanBatchWriter();
        writer.Begin(new TraceId(1, 2), new SpanId(3));
        writer.Set(SpanText.Name, "first"u8);
        writer.Add(SpanList.Tags, "t"u8);
        writer.Set(SpanNumber.Cost, 5);
        writer.Set(SpanText.Input, "in"u8);
        writer.Add(SpanList.Tags, "t"u8);
        writer.Set(SpanText.Name, "second"u8);
        writer.End();
        var one = writer.ToBatch();
        writer.Begin(new TraceId(1, 2), new SpanId(3));
        using (var json = new Utf8JsonWriter(writer.Open(SpanText.Input), new JsonWriterOptions { SkipValidation = true }))
            json.WriteRawValue("in"u8, skipInputValidation: true);
        writer.Close();
        writer.Set(SpanNumber.Cost, 5);
        writer.Set(SpanText.Name, "second");
        writer.Set(SpanText.Model, "gone");
        writer.Remove(SpanText.Model);
        writer.Add(SpanList.Tags, "t"u8);
        writer.End();
        Assert.Equal(one.Bytes.ToArray(), writer.ToBatch().Bytes.ToArray());
    }

    [Fact]
    public void Writer_Discard_LeavesNothing()
    {
        var writer = new SpanBatchWriter();
        writer.Begin(new TraceId(1, 2), new SpanId(3));
        writer.Set(SpanText.Name, "gone");
        writer.Discard();
        writer.Begin(new TraceId(1, 2), new SpanId(4));
        writer.End();
        var record = Assert.Single(writer.ToBatch().ToRecords());
        Assert.Equal((4ul, null), (record.SpanId.Value, record.Name));
    }

    [Fact]
    public void Parse_EveryByteFlippedOrCut_IsANamedErrorOrAReadableBatch()
    {
        var random = new Random(7);
        var bytes = SpanBatch.Of([.. Enumerable.Range(0, 4).Select(_ => Full(random))]).Bytes.ToArray();
        for (var at = 0; at < bytes.Length; at++)
        {
            Assert.Throws<SpanBatchFormatException>(() => SpanBatch.Parse(bytes.AsMemory(0, at)));
            foreach (var mask in new byte[] { 1, 0x80, 0xFF })
            {
                var flipped = bytes.ToArray();
                flipped[at] ^= mask;
                try
                {
                    Assert.Equal(4, SpanBatch.Parse(flipped).ToRecords().Length);
                }
                catch (SpanBatchFormatException e)
                {
                    Assert.InRange(e.Offset, 0, bytes.Length);
                }
            }
        }
    }

    [Fact]
    public void Writer_WarmedUp_AllocatesNothingASpan()
    {
        var writer = new SpanBatchWriter();
        Write(writer, 100);
        writer.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(writer, 100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Write(SpanBatchWriter writer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            writer.Begin(new TraceId(1, 2), new SpanId(3), default, StoredKind.Generation, StoredStatus.Ok, 1, 2);
            writer.Set(SpanText.Name, "chat"u8);
            writer.Set(SpanText.Attributes, """{"a":"b"}"""u8);
            writer.Add(SpanList.Tags, "t"u8);
            writer.Set(SpanNumber.InputTokens, 5);
            writer.End();
        }
    }
}
