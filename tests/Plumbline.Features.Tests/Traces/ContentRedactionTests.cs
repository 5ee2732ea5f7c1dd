using System.Collections.Immutable;
using System.Reflection;
using Plumbline.Contracts;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Every member of what is shown of traces is decided on: shown to those who may not see contents, or not.</summary>
public sealed class ContentRedactionTests
{
    [Fact]
    public void Trace_ShowsAllButContents() => AssertRedacted<TraceView>(ContentRedaction.Of, ["InputPreview", "OutputPreview"]);

    [Fact]
    public void Span_ShowsAllButContents() => AssertRedacted<SpanView>(
        ContentRedaction.Of,
        ["StatusMessage", "InputMessagesJson", "OutputMessagesJson", "Input", "Output", "ToolsJson", "DocumentsJson", "AttributesJson", "EventsJson",
            "LinksJson", "Logs"]);

    /// <summary>Members that are not marked as content are shown only where redaction names them, so one of which nobody has decided fails here.</summary>
    private static void AssertRedacted<T>(Func<T, T> redact, string[] surely) where T : notnull
    {
        var members = typeof(T).GetProperties().Where(p => p.CanWrite && p.Name != "ContentHidden").ToArray();
        var hidden = members.Where(p => p.IsDefined(typeof(ContentAttribute))).Select(p => p.Name).ToArray();
        Assert.Empty(surely.Except(hidden));
        var full = Activator.CreateInstance<T>();
        foreach (var member in members) member.SetValue(full, Something(member));
        var redacted = redact(full);
        Assert.Equal(true, typeof(T).GetProperty("ContentHidden")!.GetValue(redacted));
        Assert.Equal(
            members.Select(p => p.Name).Except(hidden).Order(),
            members.Where(p => Equals(p.GetValue(full), p.GetValue(redacted))).Select(p => p.Name).Order());
        Assert.All(hidden, name => Assert.True(typeof(T).GetProperty(name)!.GetValue(redacted) is null or ImmutableArray<string> { IsEmpty: true }, name));
    }

    private static object Something(PropertyInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        if (type == typeof(string)) return member.Name;
        if (type == typeof(ImmutableArray<string>)) return ImmutableArray.Create(member.Name);
        if (type == typeof(ProjectKey)) return new ProjectKey("o", "p");
        if (type == typeof(TokenUsage)) return new TokenUsage(1, 2, 3, 4, 5);
        return type.IsEnum ? Enum.GetValues(type).GetValue(1)! : Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture);
    }
}
