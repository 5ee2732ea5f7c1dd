using System.Text.Json;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Mapping;

public sealed class LogFragmentTests
{
    private const string UserEvent = """{"name":"gen_ai.user.message","time":5,"attributes":{"gen_ai.system":"openai","content":"hi"}}""";
    private const string ChoiceEvent =
        """{"name":"gen_ai.choice","time":9,"attributes":{"index":0,"message":"{\"role\":\"assistant\",\"content\":\"hello\"}","finish_reason":"stop"}}""";
    private const string UserLog = """{"name":"gen_ai.user.message","time":6,"attributes":{"event.name":"gen_ai.user.message","body":{"content":"hi"}}}""";
    private const string ChoiceLog =
        """{"name":"gen_ai.choice","time":8,"attributes":{"body":{"index":0,"message":{"role":"assistant","content":"hello"},"finish_reason":"stop"}}}""";

    [Fact]
    public void EventsInTwoCarriers_AreKeptOnce()
    {
        var merged = LogFragments.Merge(Span(UserEvent, ChoiceEvent), Span(UserLog, ChoiceLog));
        Assert.Equal(["gen_ai.user.message", "gen_ai.choice"], Names(merged));
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"hi"}]}]""", merged.InputMessagesJson);
        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"hello"}],"finish_reason":"stop"}]""", merged.OutputMessagesJson);
    }

    [Fact]
    public void EventsInTwoCarriers_InTheOtherOrder_TellTheSameMessages()
    {
        var one = LogFragments.Merge(Span(UserEvent, ChoiceEvent), Span(UserLog, ChoiceLog));
        var other = LogFragments.Merge(Span(UserLog, ChoiceLog), Span(UserEvent, ChoiceEvent));
        Assert.Equal((one.InputMessagesJson, one.OutputMessagesJson), (other.InputMessagesJson, other.OutputMessagesJson));
        Assert.Equal(2, Names(other).Length);
    }

    [Fact]
    public void RecordsThatComeInPieces_AreUnited_AndTheSameRecordTwiceIsOne()
    {
        var merged = LogFragments.Merge(LogFragments.Merge(LogFragments.Merge(null, Span(UserLog)), Span(ChoiceLog)), Span(UserLog));
        Assert.Equal(["gen_ai.user.message", "gen_ai.choice"], Names(merged));
    }

    [Fact]
    public void TwoRecordsOfOneContent_AreTwo()
    {
        var again = UserLog.Replace("\"time\":6", "\"time\":7", StringComparison.Ordinal);
        Assert.Equal(2, Names(LogFragments.Merge(Span(UserLog), Span(again))).Length);
        Assert.Equal(2, Names(LogFragments.Merge(Span(UserEvent), Span(UserLog, again))).Length);
    }

    private static SpanRecord Span(params string[] events) =>
        new() { TraceId = new(1, 2), SpanId = new(3), StartUnixNano = 1, EventsJson = "[" + string.Join(',', events) + "]" };

    private static string[] Names(SpanRecord span)
    {
        using var events = JsonDocument.Parse(span.EventsJson!);
        return [.. events.RootElement.EnumerateArray().Select(e => e.GetProperty("name").GetString()!)];
    }
}
