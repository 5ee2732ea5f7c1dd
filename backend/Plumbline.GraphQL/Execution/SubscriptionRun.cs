using System.Runtime.CompilerServices;

namespace Plumbline.GraphQL.Execution;

/// <summary>Maps the events of a subscription's source to answers. https://spec.graphql.org/September2025/#sec-Subscription</summary>
internal sealed class SubscriptionRun(GraphQLEngine engine, PreparedOperation operation, GraphQLRequestContext context, Func<ValueTask<bool>> mayContinue)
{
    public async IAsyncEnumerable<ResultWriter> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plan = operation.Plan;
        if (plan.Root.Fields is not [var field])
        {
            yield return Answer(new GraphQLError(ErrorCodes.BadUserInput, "A subscription selects exactly one field."));
            yield break;
        }
        await using var source = Open(plan, field, cancellationToken, out var refused);
        if (source is null)
        {
            yield return Answer(refused!);
            yield break;
        }
        while (true)
        {
            var (more, failure) = await NextAsync(source, plan, field, cancellationToken);
            if (failure is not null) yield return Answer(failure);
            if (!more) yield break;
            if (!await mayContinue())
            {
                yield return Answer(new GraphQLError("UNAUTHENTICATED", "This subscription's credential is no longer valid."));
                yield break;
            }
            yield return await EventAsync(plan, source.Current, cancellationToken);
        }
    }

    private IAsyncEnumerator<object?>? Open(OperationPlan plan, FieldPlan field, CancellationToken cancellationToken, out GraphQLError? refused)
    {
        refused = null;
        try
        {
            var execution = engine.Start(plan, operation.Variables, context, cancellationToken);
            var subscribe = field.Resolver.Subscribe ?? throw new GraphQLException(ErrorCodes.NotImplemented, $"{field.Field} is not a subscription field.");
            return subscribe.Value(execution.Arguments(field), execution, field).GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            refused = Located(failure, plan, field);
            return null;
        }
    }

    private async ValueTask<(bool More, GraphQLError? Failure)> NextAsync(
        IAsyncEnumerator<object?> source, OperationPlan plan, FieldPlan field, CancellationToken cancellationToken)
    {
        try
        {
            return (await source.MoveNextAsync(), null);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, Located(failure, plan, field));
        }
    }

    private async ValueTask<ResultWriter> EventAsync(OperationPlan plan, object? value, CancellationToken cancellationToken)
    {
        var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        var execution = engine.Start(plan, operation.Variables, context, cancellationToken);
        try
        {
            await new ResultEmitter(execution, writer).WriteEventAsync(value, default);
        }
        catch (ExecutionAbortedException aborted)
        {
            writer.Rewind(0);
            engine.WriteErrors([aborted.Error], writer);
        }
        finally
        {
            await execution.EndAsync(TimeProvider.System);
        }
        return writer;
    }

    private GraphQLError Located(Exception failure, OperationPlan plan, FieldPlan field) =>
        engine.Masking.ToError(failure, field.Field.ToString()) with
        {
            Path = [field.Key],
            Locations = Array.ConvertAll(field.Nodes, plan.Document.LocationOf),
        };

    private ResultWriter Answer(GraphQLError error)
    {
        var writer = new ResultWriter(engine.Limits.MaxResponseBytes);
        engine.WriteErrors([error], writer);
        return writer;
    }
}
