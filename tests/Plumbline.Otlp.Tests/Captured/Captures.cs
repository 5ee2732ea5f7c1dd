using System.Text.Json;

namespace Plumbline.Otlp.Tests.Captured;

/// <summary>The captured bodies under tests/fixtures/otlp and the facts their manifest gives.</summary>
internal static class Captures
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "otlp");

    private static readonly Lazy<JsonDocument> Manifest = new(() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "manifest.json"))));

    public static OtlpLimits Limits { get; } = new() { MaxBodyBytes = 64 << 20 };

    public static IEnumerable<JsonElement> Entries => Manifest.Value.RootElement.GetProperty("entries").EnumerateArray();

    public static JsonElement Entry(string id) => Entries.Single(e => e.GetProperty("id").GetString() == id);

    public static CapturedBody[] Bodies(JsonElement entry) => [.. entry.GetProperty("bodies").EnumerateArray().Select(CapturedBody.Load)];

    public static CapturedBody Body(string id) => Bodies(Entry(id))[0];

    public static Plumbline.TraceStore.SpanRecord[] Spans(string id) =>
        [.. Bodies(Entry(id)).Where(b => b.Signal == OtlpSignal.Traces).SelectMany(b => b.Spans())];

    /// <summary>All entries made by real libraries or by hand with the real exporter.</summary>
    public static IEnumerable<string> Real => Entries.Where(e => e.GetProperty("lib").GetString() != "synthetic").Select(e => e.GetProperty("id").GetString()!);
}
