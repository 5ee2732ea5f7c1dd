using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Contracts;
using Plumbline.GraphQL;
using Plumbline.Host.Composition;

namespace Plumbline.Host.Tests.Api;

/// <summary>The head of the schema lists every code that the server can send, and failures on the way to a grain have one that says what to do.</summary>
public sealed partial class ErrorCodeListTests
{
    [Fact]
    public void Codes_OfTheEngineAndTheProduct_StandInTheHeadOfTheSchema()
    {
        var head = Head();
        string[] codes =
        [
            .. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!),
            .. Enum.GetNames<FailureCode>().Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName),
        ];
        Assert.True(codes.Length > 20);
        Assert.Equal([], codes.Distinct().Where(code => !Regex.IsMatch(head, $@"\b{code}\b")));
    }

    [Fact]
    public void Codes_InTheHead_AreSentBySomething()
    {
        var known = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)
            .Concat(Enum.GetNames<FailureCode>().Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName)).ToHashSet(StringComparer.Ordinal);
        var list = Head();
        list = list[list.IndexOf("extensions.code", StringComparison.Ordinal)..list.IndexOf("A mutation can be repeated", StringComparison.Ordinal)];
        Assert.Equal([], Word().Matches(list).Select(m => m.Value).Where(word => !known.Contains(word)));
    }

    public static TheoryData<Exception, string> Failures => new()
    {
        { new TimeoutException("Response did not arrive on time"), "TIMED_OUT" },
        { new OperationCanceledException("the call was cancelled by its time-out"), "TIMED_OUT" },
        { new TaskCanceledException(), "TIMED_OUT" },
        { new AggregateException(new TimeoutException()), "TIMED_OUT" },
        { new Orleans.Runtime.SiloUnavailableException("gone"), "UNAVAILABLE" },
        { Failure.Unavailable("later"), "UNAVAILABLE" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Failure_OnTheWayToAGrain_IsNotInternal(Exception failure, string code) => Assert.Equal(code, FailureMap.ToGraphQL(failure)?.Code);

    private static string Head()
    {
        using var stream = typeof(FailureMap).Assembly.GetManifestResourceStream("schema.graphql")!;
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return text[..text.IndexOf("scalar DateTime", StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"\b(?!RFC\b|UTC\b|US\b|ID\b)[A-Z][A-Z]+(?:_[A-Z]+)*\b")]
    private static partial Regex Word();
}
