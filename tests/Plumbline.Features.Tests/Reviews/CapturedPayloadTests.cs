using System.IO.Compression;
using System.Text.RegularExpressions;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Reviews.Subject;
using Plumbline.Features.Traces.Shards;
using Plumbline.Otlp;

namespace Plumbline.Features.Tests.Reviews;

/// <summary>What libraries really send tells a blinded reviewer neither model nor provider, neither numbers nor ids.</summary>
public sealed partial class CapturedPayloadTests
{
    private static readonly BlindingRules Hidden = new(true, true, true, true, true);
    private static readonly ProjectKey Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb");
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "otlp");

    public static TheoryData<string> Libraries =>
        [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Where(name => name != "synthetic")];

    [Theory, MemberData(nameof(Libraries))]
    public void Payload_TellsNothingOfItsMaker(string library)
    {
        var spans = Directory.GetFiles(Path.Combine(Folder, library)).Where(f => !f.Contains(".logs.", StringComparison.Ordinal)).SelectMany(Spans).ToList();
        Assert.NotEmpty(spans);
        foreach (var span in spans)
        {
            var shown = string.Join('\n', Shown(span));
            Assert.False(Telling().IsMatch(shown), $"{span.Name}: {Telling().Match(shown)} in {shown}");
            if (span.Model is { } model) Assert.DoesNotContain(model, shown, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Libraries))]
    public void Answer_InWords_CanBeRead(string library)
    {
        var traces = Directory.GetFiles(Path.Combine(Folder, library)).Where(f => !f.Contains(".logs.", StringComparison.Ordinal)).SelectMany(Spans)
            .GroupBy(s => s.TraceId).Where(t => t.Any(s => s.Kind == SpanKind.Generation && s.Status != SpanStatus.Error && IsInWords(s)));
        foreach (var trace in traces)
        {
            var answer = new PayloadBlinding(Hidden).Show(SpanWords.Answered(JudgedSpan.Of([.. trace])!));
            Assert.Contains(answer.SelectMany(m => m.Parts), part => part is TextPart or ToolCallPart);
        }
    }

    private static bool IsInWords(SpanView span) => JudgedSpan.HasOutput(span) && !(span.Output is { } output && RecordedJson.IsAny(output));

    private static IEnumerable<string> Shown(SpanView span)
    {
        var payload = new PayloadBlinding(Hidden);
        foreach (var message in payload.Show(SpanWords.Asked(span)).Concat(payload.Show(SpanWords.Answered(span))))
            yield return $"{message} {string.Join(' ', message.Parts)}";
        foreach (var document in payload.Show(RetrievedDocument.Read(span.DocumentsJson))) yield return $"{document}";
    }

    private static IEnumerable<SpanView> Spans(string file)
    {
        if (file.EndsWith(".grpc", StringComparison.Ordinal)) return [];
        var bytes = File.ReadAllBytes(file);
        if (file.EndsWith(".gz", StringComparison.Ordinal)) bytes = Unzip(bytes);
        var encoding = file.Contains(".json", StringComparison.Ordinal) ? OtlpEncoding.Json : OtlpEncoding.Protobuf;
        return [.. new SpanMapper(new OtlpLimits { MaxBodyBytes = 64 << 20 }).MapTraces(bytes, encoding, MappingSettings.Default).Batch.ToRecords()
            .Select(record => ShardViews.Of(Project, record))];
    }

    private static byte[] Unzip(byte[] bytes)
    {
        using var unzipped = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)) gzip.CopyTo(unzipped);
        return unzipped.ToArray();
    }

    [GeneratedRegex(
        "gpt-|chatcmpl|resp_[0-9a-f]|call_[0-9A-Za-z]|toolu_|msg_0|system_fingerprint|_tokens|Tokens|finish_?[rR]eason|model_name|ls_model",
        RegexOptions.None, 1000)]
    private static partial Regex Telling();
}
