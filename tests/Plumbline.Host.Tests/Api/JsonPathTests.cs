using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Api;

/// <summary>A test whose answer looks otherwise than it thinks has to say where.</summary>
public sealed class JsonPathTests
{
    private static readonly JsonElement Answer = JsonDocument.Parse("""{"project":{"traces":[{"id":"a"},{"id":null}],"name":7}}""").RootElement;

    [Fact]
    public void APath_ThatLeadsSomewhere_IsRead()
    {
        Assert.Equal("a", Answer.Text("project.traces[0].id"));
        Assert.Equal(2, Answer.At("project.traces").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, Answer.At("project.traces[1].id").ValueKind);
        Assert.Equal("a", Answer.At("project.traces").At("[0].id").GetString());
    }

    [Theory]
    [InlineData("project.spans[0].id", "'project'", "\"name\":7")]
    [InlineData("project.traces[2].id", "'project.traces'", "\"id\":null")]
    [InlineData("project.name.first", "'project.name'", "7")]
    [InlineData("viewer", "''", "\"project\"")]
    public void APath_ThatLeadsNowhere_SaysHowFarItCame_AndWhatIsThere(string path, string came, string there)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Answer.At(path));
        Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(came, error.Message, StringComparison.Ordinal);
        Assert.Contains(there, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("project.traces[1].id", "null")]
    [InlineData("project.name", "7")]
    public void WhatIsNoText_IsNotReadAsText(string path, string there)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Answer.Text(path));
        Assert.Contains($"'{path}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(there, error.Message, StringComparison.Ordinal);
    }
}
