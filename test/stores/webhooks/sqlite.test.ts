import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteWebhooks } from '../../../stores/webhooks/sqlite.ts'
import { webhooksContract } from '../../contract/webhooks.ts'

webhooksContract('SQLite', () => openSqliteWebhooks(openDatabase(':memory:')))
