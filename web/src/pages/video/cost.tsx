import type { Bill } from '../../../../api/schemas/fields.ts'
import { Disclosure } from '../../components/disclosure.tsx'
import { money } from '../../format.ts'
import { amountOf, capitalised, grouped, serviceName, stageName } from './names.ts'

/** What it cost, line by line; and what may have been charged for nothing, with why. */
export function Cost({ bill, isOpen = false }: { bill: Bill; isOpen?: boolean }) {
  const isFree = bill.totalUsd === 0
  return (
    <Disclosure summary="What it cost" note={isFree ? 'nothing' : money(bill.totalUsd)} isOpen={isOpen}>
      {bill.lines.length === 0 ? <p class="quiet">No service was asked for anything.</p> : <Lines bill={bill} />}
      <Unsettled bill={bill} />
      <Failures bill={bill} />
    </Disclosure>
  )
}

function Lines({ bill }: { bill: Bill }) {
  return (
    <div class="scroll-x" role="region" aria-label="Cost, line by line" tabIndex={0}>
      <table class="table bill">
        <thead>
          <tr>
            <th scope="col">For</th>
            <th scope="col">Made by</th>
            <th scope="col" class="number">
              Amount
            </th>
            <th scope="col" class="number">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {grouped(bill.lines).map(({ stage, provider, model, unit, units, costUsd, about }) => (
            <tr key={`${stage} ${provider} ${model} ${unit} ${about}`}>
              <th scope="row">
                {stageName(stage)}
                {about !== undefined && <span class="bill__about">{about}</span>}
              </th>
              <td>
                {serviceName(provider)} <span class="bill__model">{model}</span>
              </td>
              <td class="number">{amountOf(units, unit)}</td>
              <td class="number">{costUsd === 0 ? 'free' : money(costUsd)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              Total
            </th>
            <td class="number">{money(bill.totalUsd)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

function Unsettled({ bill: { unsettled } }: { bill: Bill }) {
  if (unsettled.length === 0) return null
  return (
    <div class="bill__more">
      <h3>May have been charged as well</h3>
      <p class="quiet">The answer to these calls never came whole.</p>
      <ul>
        {unsettled.map(({ stage, scene, provider, estimateUsd }, index) => (
          <li key={index}>
            {stageName(stage)}
            {scene !== undefined && `, scene ${scene}`}: {serviceName(provider)}, about {money(estimateUsd)}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Why nothing was asked for, where the API names only a field. */
const reasons: Record<string, string> = { maxCostUsd: 'it would have passed the most it may cost' }

function Failures({ bill: { failures } }: { bill: Bill }) {
  if (failures.length === 0) return null
  return (
    <div class="bill__more">
      <h3>Calls that brought nothing</h3>
      <ul>
        {failures.map(({ stage, scene, provider, outcome, reason }, index) => (
          <li key={index}>
            {stageName(stage)}
            {scene !== undefined && `, scene ${scene}`}: {serviceName(provider)}, {outcome}.{' '}
            {capitalised(reasons[reason] ?? reason)}
          </li>
        ))}
      </ul>
    </div>
  )
}
