namespace Plumbline.GraphQL.Tests.Binding;

/// <summary>Values of enums are named in capitals with underscores between the words of the .NET name.</summary>
public sealed class EnumNameTests
{
    public enum Step
    {
        OneStep,
        Second2Last,
        [GraphQLName("LAST")]
        Third,
    }

    [ResolversFor("Query")]
    public sealed class StepResolvers
    {
        public Step Next(Step step) => step;
    }

    private static IReadOnlyList<string> Errors(string values) =>
        BindingErrors.Of(new GraphQLBuilder().AddSchema($"enum Step {{ {values} }} type Query {{ next(step: Step!): Step! }}").AddResolvers<StepResolvers>());

    [Fact]
    public void Bind_NamesOfTheRule_Fit() => Assert.Empty(Errors("ONE_STEP SECOND2_LAST LAST"));

    [Theory]
    [InlineData("ONESTEP SECOND2_LAST LAST", "ONESTEP", "OneStep")]
    [InlineData("one_step SECOND2_LAST LAST", "one_step", "OneStep")]
    [InlineData("ONE_STEP SECOND2_LAST THIRD", "THIRD", "Third")]
    public void Bind_OtherNames_AreNamedBothWays(string values, string value, string member)
    {
        var errors = Errors(values);
        Assert.Contains(errors, e => e.EndsWith($"enum value Step.{value} has no member in C# enum Step.", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.EndsWith($"member Step.{member} has no value in the schema's enum Step.", StringComparison.Ordinal));
    }
}
