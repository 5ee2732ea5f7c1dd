using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Access;

/// <summary>Which field answers whom: every role of people and every scope of keys asks for every field of what an organization and a project
/// are made of. A new field is asked for without anybody thinking of it; who gets an answer is on record beside this file.</summary>
public sealed class FieldAccessTests(FieldAnswers answers) : IClassFixture<FieldAnswers>
{
    private const string Record = "PLUMBLINE_WRITE_FIELD_ACCESS";

    private const string WhatToDo = $"""
        Who gets an answer to which field has changed; the first line that differs is below. Think of who has to see it, and who has not:
        a REVIEWER judges what is put before them, and an INGEST key only brings things in. When it is right, write the list anew with {Record}=1.
        """;

    [Fact]
    public async Task Fields_AnswerThoseOnRecord()
    {
        var table = new StringBuilder();
        foreach (var field in answers.Told.GroupBy(t => t.Field))
            table.Append(field.Key).Append(": ").AppendJoin(", ", field.Where(t => IsAnswer(t.Text)).Select(t => t.Name)).Append('\n');
        var now = table.ToString();
        if (Environment.GetEnvironmentVariable(Record) is { Length: > 0 })
            await File.WriteAllTextAsync(RecordPath(), now, TestContext.Current.CancellationToken);
        var recorded = await File.ReadAllTextAsync(RecordPath(), TestContext.Current.CancellationToken);
        Assert.True(recorded == now, $"{WhatToDo}\n{FirstDifference(recorded.Split('\n'), now.Split('\n'))}");
    }

    /// <summary>Reviewers work with names. A key that does not read has no business with people, nor one that does not administer with what is looked
    /// for in content.</summary>
    [Fact]
    public void Addresses_AndPatterns_AreToldToNobodyWhoOnlyReviewsOrBringsIn()
    {
        foreach (var told in answers.Told.GroupBy(t => t.Name))
        {
            var name = told.Key;
            var said = string.Join('\n', told.Select(t => t.Text));
            var others = answers.Addresses.Where(a => a != FieldAnswers.Address(name) && said.Contains($"\"{a}\"", StringComparison.Ordinal));
            var mayKnow = name is "OWNER" or "ADMIN" or "DEVELOPER" or "SME" or "VIEWER" or "READ key";
            Assert.True(mayKnow || !others.Any(), $"{name} is told {string.Join(", ", others)}.");
            // The same requests tell them to others: they would find a leak.
            Assert.True(!mayKnow || others.Any(), $"{name} is told no address.");
            Assert.Equal((name, name is "OWNER" or "ADMIN" or "ADMIN key"), (name, said.Contains(FieldAnswers.Pattern, StringComparison.Ordinal)));
        }
    }

    /// <summary>Whether it was not refused. That there is nothing by a name is an answer.</summary>
    private static bool IsAnswer(string text)
    {
        var answer = JsonDocument.Parse(text).RootElement;
        if (!answer.TryGetProperty("errors", out var errors)) return true;
        var code = errors[0].At("extensions.code").GetString();
        Assert.True(code is "FORBIDDEN" or "UNAUTHENTICATED" or "NOT_FOUND" or "BAD_USER_INPUT", text);
        return code is not ("FORBIDDEN" or "UNAUTHENTICATED");
    }

    private static string FirstDifference(string[] recorded, string[] now)
    {
        var at = recorded.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"on record, line {at + 1}: {recorded.ElementAtOrDefault(at)}\nnow:                 {now.ElementAtOrDefault(at)}";
    }

    private static string RecordPath([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "field-access.txt");
}
